// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/handlers.h"

#include "agent/inside/callhandler.h"
#include "agent/inside/connecthandler.h"
#include "agent/inside/files/filereadhandler.h"
#include "agent/inside/files/filewritehandler.h"
#include "agent/inside/sessions/sessionhandler.h"
#include "agent/inside/processes/spawnhandler.h"

namespace quarry::agent {

Agent::Handlers allHandlers()
{
    return {
        {StreamKind::Spawn, makeSpawnHandler},         {StreamKind::FileRead, makeFileReadHandler},
        {StreamKind::FileWrite, makeFileWriteHandler}, {StreamKind::Call, makeCallHandler},
        {StreamKind::Connect, makeConnectHandler},     {StreamKind::Session, makeSessionHandler},
    };
}

} // namespace quarry::agent
