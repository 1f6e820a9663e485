# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion of quarry: source it, or put it into share/bash-completion/completions/quarry.

_quarry_ids() {
    quarry sandbox ls --all --json 2>/dev/null | sed -n 's/.*"id":"\([^"]*\)".*/\1/p'
}

_quarry_images() {
    quarry image ls --json 2>/dev/null | sed -n 's/.*"name":"\([^"]*\)".*/\1/p'
}

# Flags of the command $1.
_quarry_envs() {
    quarry env ls --json 2>/dev/null | sed -n 's/.*"env_id":"\([^"]*\)".*/\1/p'
}

_quarry_flags() {
    case $1 in
    'serve') echo '--listen --socket --config --data --auth --token-file --tls-cert --tls-key --insecure-http --network --json --help' ;;
    'exec') echo '--image --memory --cpus --disk --pids --network --env --bind --require-limits --cwd --timeout --tty --data --json --help' ;;
    'sandbox ls') echo '--all --state --image --data --json --help' ;;
    'sandbox start') echo '--name --image --memory --cpus --disk --pids --network --env --bind --require-limits --idle-timeout --auto-stop --auto-delete --data --json --help' ;;
    'sandbox show') echo '--data --json --help' ;;
    'sandbox stop') echo '--data --json --help' ;;
    'sandbox restart') echo '--data --json --help' ;;
    'sandbox rm') echo '--force --data --json --help' ;;
    'sandbox exec') echo '--tty --env --cwd --timeout --data --json --help' ;;
    'sandbox shell') echo '--take-over --data --json --help' ;;
    'sandbox cp') echo '--recursive --data --json --help' ;;
    'sandbox stats') echo '--data --json --help' ;;
    'sandbox commit') echo '--data --json --help' ;;
    'sandbox sweep') echo '--dry-run --data --json --help' ;;
    'image ls') echo '--data --json --help' ;;
    'image import') echo '--data --json --help' ;;
    'image export') echo '--data --json --help' ;;
    'image show') echo '--data --json --help' ;;
    'image rm') echo '--data --json --help' ;;
    'env ls') echo '--json --help' ;;
    'env show') echo '--seed --param --json --help' ;;
    'env play') echo '--seed --param --json --help' ;;
    'env verify') echo '--data --json --help' ;;
    'env bench') echo '--seconds --json --help' ;;
    'term render') echo '--size --json --help' ;;
    'term play') echo '--speed --json --help' ;;
    'doctor') echo '--config --data --json --help' ;;
    'version') echo '--json --help' ;;
    esac
}

_quarry() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} at=2 i
    COMPREPLY=()
    if [ "$COMP_CWORD" = 1 ]; then
        mapfile -t COMPREPLY < <(compgen -W 'serve exec sandbox image env term doctor version --help --version' -- "$word")
        return
    fi
    case $command in
    sandbox)
        if [ "$COMP_CWORD" = 2 ]; then
            mapfile -t COMPREPLY < <(compgen -W 'ls start show stop restart rm exec shell cp stats commit sweep --help' -- "$word")
            return
        fi
        command="$command ${COMP_WORDS[2]}" at=3
        ;;
    image)
        if [ "$COMP_CWORD" = 2 ]; then
            mapfile -t COMPREPLY < <(compgen -W 'ls import export show rm --help' -- "$word")
            return
        fi
        command="$command ${COMP_WORDS[2]}" at=3
        ;;
    env)
        if [ "$COMP_CWORD" = 2 ]; then
            mapfile -t COMPREPLY < <(compgen -W 'ls show play verify bench --help' -- "$word")
            return
        fi
        command="$command ${COMP_WORDS[2]}" at=3
        ;;
    term)
        if [ "$COMP_CWORD" = 2 ]; then
            mapfile -t COMPREPLY < <(compgen -W 'render play --help' -- "$word")
            return
        fi
        command="$command ${COMP_WORDS[2]}" at=3
        ;;
    esac
    for ((i = at; i < COMP_CWORD; ++i)); do # behind "--" comes somebody else's command
        [ "${COMP_WORDS[i]}" = -- ] && return
    done
    case $before in
    --network) mapfile -t COMPREPLY < <(compgen -W 'none user host' -- "$word") && return ;;
    --auth) mapfile -t COMPREPLY < <(compgen -W 'auto token none' -- "$word") && return ;;
    --state) mapfile -t COMPREPLY < <(compgen -W 'pending running stopped deleted' -- "$word") && return ;;
    --image) mapfile -t COMPREPLY < <(compgen -W "$(_quarry_images)" -- "$word") && return ;;
    --data | --bind) mapfile -t COMPREPLY < <(compgen -d -- "$word") && return ;;
    --config | --socket | --token-file | --tls-cert | --tls-key) mapfile -t COMPREPLY < <(compgen -f -- "$word") && return ;;
    esac
    if [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_quarry_flags "$command")" -- "$word")
        return
    fi
    case $command in
    'sandbox show' | 'sandbox stop' | 'sandbox restart' | 'sandbox rm' | 'sandbox exec' | 'sandbox shell' | 'sandbox stats' | 'sandbox commit')
        [ "$COMP_CWORD" = "$at" ] && mapfile -t COMPREPLY < <(compgen -W "$(_quarry_ids)" -- "$word")
        ;;
    'image show' | 'image rm' | 'image export')
        [ "$COMP_CWORD" = "$at" ] && mapfile -t COMPREPLY < <(compgen -W "$(_quarry_images)" -- "$word")
        ;;
    'env show' | 'env play' | 'env bench')
        if [ "$COMP_CWORD" = "$at" ]; then
            mapfile -t COMPREPLY < <(compgen -W "$(_quarry_envs)" -- "$word")
            __ltrim_colon_completions "$word" 2>/dev/null
        fi
        ;;
    'image import' | 'env verify' | 'sandbox cp' | 'term render' | 'term play') mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
    esac
}

complete -o filenames -F _quarry quarry
