// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/commands/promptloop.h"

namespace quarry::sandbox {

namespace {

// No function, or `declare` at the prompt would be local to it; no word that an alias or a function
// of the session could stand for. Prompts, commands and codes are marked as semantic prompts
// (OSC 133). A text that bash calls unfinished is read on.
constexpr char loop[] = R"(__quarry_code=$?
{ \command stty sane; } 2>/dev/null
while \builtin :; do
  \builtin printf '\033]133;D;%s\033\\\033]133;A\033\\' "$__quarry_code"
  __quarry_text=
  __quarry_prompt=${PWD/#"$HOME"/'~'}
  if [[ $EUID = 0 ]]; then __quarry_prompt+='# '; else __quarry_prompt+='$ '; fi
  __quarry_prompt=$'\001\033[1;32m\002'$__quarry_prompt$'\001\033[0m\002'
  while \builtin :; do
    IFS= \builtin read -e -r -p "$__quarry_prompt" __quarry_line || \builtin break 2
    __quarry_text+=$__quarry_line$'\n'
    __quarry_prompt='> '
    __quarry_tail=${__quarry_line##*[!\\]}
    (( ${#__quarry_tail} % 2 == 0 )) || \builtin continue
    case $(LC_ALL=C \command bash -O extglob -n <<<"$__quarry_text" 2>&1) in
      *'unexpected end of file'* | *'unexpected EOF'* | *'delimited by end-of-file'*) ;;
      *) \builtin break ;;
    esac
  done
  if [[ $__quarry_text = *[![:space:]]* ]]; then
    \builtin history -s -- "${__quarry_text%$'\n'}"
    \builtin printf '\033]133;C\033\\'
    (\builtin exit "$__quarry_code")
    \builtin eval -- "$__quarry_text"
    __quarry_code=$?
  fi
done
\builtin printf '\n'
)";

constexpr char cleanup[]
    = R"(\builtin unset __quarry_code __quarry_text __quarry_prompt __quarry_line __quarry_tail)";

} // namespace

QByteArray promptLoop(bool continued)
{
    return (continued ? QByteArray("\\builtin printf '\\n'; (\\builtin exit 130)\n") : QByteArray())
        + loop;
}

QByteArray promptCleanup()
{
    return cleanup;
}

} // namespace quarry::sandbox
