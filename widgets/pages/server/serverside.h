// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The right side of the server's page: how it stands, who may call, errors, lines that call it.
#pragma once

#include "widgets/models/servercontrol.h"

#include <QScrollArea>

namespace quarry::widgets {

class ActionRegistry;
class ClientModel;
class CodeBlock;
class ErrorModel;
class PropertyList;
class Segments;
class StateLabel;
class TableView;

class ServerSide : public QWidget
{
    Q_OBJECT
public:
    struct Models {
        ClientModel *clients;
        ErrorModel *errors;
    };
    // All live as long. DATAFOLDER is what the command line is given.
    ServerSide(ServerControl &control, ActionRegistry &actions, const Models &models,
               const QString &dataFolder, QWidget *parent = nullptr);

    void showState(const QDateTime &since);
    void showConnections(int open);

private:
    QWidget *makeHead(ActionRegistry &actions);
    void addFacts(QLayout *column);
    void addClients(QLayout *column, ClientModel *clients);
    void addErrors(QLayout *column, ErrorModel *errors);
    void addSnippets(QLayout *column);
    void showSnippet();
    QString neededToken() const;

    ServerControl &m_control;
    QString m_dataFolder;
    StateLabel *m_state;
    PropertyList *m_facts;
    TableView *m_clients;
    TableView *m_errors;
    Segments *m_languages;
    CodeBlock *m_snippet;
};

} // namespace quarry::widgets
