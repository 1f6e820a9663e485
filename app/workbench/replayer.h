// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Makes a call to the own server once more.
#pragma once

#include "base/result.h"
#include "widgets/models/requests.h"

#include <QNetworkAccessManager>
#include <QObject>

namespace quarry::workbench {

class Replayer : public QObject
{
    Q_OBJECT
public:
    explicit Replayer(QObject *parent = nullptr);

    // To ADDRESS ("http://127.0.0.1:8080"), with the token of TOKENFILE unless that is empty. DONE
    // gets the status of the answer, or why there was none; after a minute at the latest.
    void replay(const widgets::RequestRecord &record, const QString &address,
                const QString &tokenFile, Callback<int> done);

private:
    QNetworkAccessManager m_network;
};

} // namespace quarry::workbench
