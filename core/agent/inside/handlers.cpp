// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/handlers.h"

#include "agent/inside/callhandler.h"
#include "agent/inside/connecthandler.h"
#include "agent/inside/files/filereadhandler.h"
#include "agent/inside/files/filewritehandler.h"
#include "agent/inside/processes/listhandler.h"
#include "agent/inside/processes/signalhandler.h"
#include "agent/inside/processes/spawnhandler.h"
#include "agent/inside/sessions/sessionhandler.h"

namespace quarry::agent {

Agent::Handlers allHandlers()
{
    return {
        {StreamKind::Spawn, makeSpawnHandler},         {StreamKind::FileRead, makeFileReadHandler},
        {StreamKind::FileWrite, makeFileWriteHandler}, {StreamKind::Call, makeCallHandler},
        {StreamKind::Connect, makeConnectHandler},     {StreamKind::Session, makeSessionHandler},
        {StreamKind::Processes, makeListHandler},      {StreamKind::Signal, makeSignalHandler},
    };
}

} // namespace quarry::agent
