// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Texts for the reader of streamed objects, apart from its test: moc cannot read them.
#pragma once

#include <QByteArray>
#include <QList>

QList<QByteArray> wellFormedObjects();
QList<QByteArray> malformedObjects();
