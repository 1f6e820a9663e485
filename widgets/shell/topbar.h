// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The head of the window: which page, the way to everything, what the machine and the server do.
#pragma once

#include <QString>
#include <QWidget>

class QAction;
class QPushButton;

namespace quarry::widgets {

class ElidedLabel;
class FigureLabel;
class Meter;
class StateLabel;
class Strip;

struct MachineUse {
    double cpu = 0; // 0…1 of all cores
    qint64 memoryUsed = 0, memoryTotal = 0; // bytes
    int running = 0; // sandboxes
};

struct ServerState {
    bool on = false;
    QString address; // "127.0.0.1:8080"
    double requestsPerSecond = 0;
};

class TopBar : public QWidget
{
    Q_OBJECT
public:
    // PALETTE is the action that opens the command palette.
    explicit TopBar(QAction *palette, QWidget *parent = nullptr);

    void setPage(const QString &title, const QString &subtitle);
    void setMachineUse(const MachineUse &use);
    void setServer(const ServerState &server);

private:
    void addGauges();
    void addServer();

    Strip *m_strip;
    ElidedLabel *m_title;
    ElidedLabel *m_subtitle;
    Meter *m_cpuBar;
    FigureLabel *m_cpu;
    Meter *m_memoryBar;
    FigureLabel *m_memory;
    FigureLabel *m_running;
    StateLabel *m_serverMark;
    ElidedLabel *m_server;
    FigureLabel *m_rate;
    QPushButton *m_copyAddress;
    QString m_address;
};

} // namespace quarry::widgets
