# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
# fish completion of quarry: put it into a folder of $fish_complete_path.

function __quarry_ids
    quarry sandbox ls --all --json 2>/dev/null | string match -rg '"id":"([^"]*)"'
end

function __quarry_envs
    quarry env ls --json 2>/dev/null | string match -rg '"env_id":"([^"]*)"'
end

function __quarry_images
    quarry image ls --json 2>/dev/null | string match -rg '"name":"([^"]*)"'
end

# Whether the words so far are the command of the arguments, and "--" has not come yet.
function __quarry_is
    set -l words (commandline -opc)
    set -e words[1]
    contains -- -- $words; and return 1
    test (count $words) -ge (count $argv); and test "$words[1..(count $argv)]" = "$argv"
end

# Whether the words so far are exactly the arguments.
function __quarry_at
    set -l words (commandline -opc)
    set -e words[1]
    test "$words" = "$argv"
end

complete -c quarry -f
complete -c quarry -n '__quarry_at' -a serve -d 'Run the server'
complete -c quarry -n '__quarry_at' -a exec -d 'Run a command in a throw-away sandbox'
complete -c quarry -n '__quarry_at' -a sandbox -d 'Sandboxes of the running server'
complete -c quarry -n '__quarry_at' -a image -d 'Images'
complete -c quarry -n '__quarry_at' -a env -d 'GEM environments'
complete -c quarry -n '__quarry_at' -a term -d 'Screens and recordings of terminals'
complete -c quarry -n '__quarry_at' -a doctor -d 'Say what this machine can do'
complete -c quarry -n '__quarry_at' -a version -d 'Say which version this is'
complete -c quarry -n '__quarry_at' -l version -d 'say which version this is'
complete -c quarry -n '__quarry_at sandbox' -a ls -d 'List sandboxes'
complete -c quarry -n '__quarry_at sandbox' -a start -d 'Start a sandbox'
complete -c quarry -n '__quarry_at sandbox' -a show -d 'Show one sandbox'
complete -c quarry -n '__quarry_at sandbox' -a stop -d 'Stop a sandbox, keep its files'
complete -c quarry -n '__quarry_at sandbox' -a restart -d 'Start a stopped sandbox again'
complete -c quarry -n '__quarry_at sandbox' -a rm -d 'Delete a sandbox'
complete -c quarry -n '__quarry_at sandbox' -a exec -d 'Run a command in a sandbox'
complete -c quarry -n '__quarry_at sandbox' -a shell -d 'Work in a sandbox\'s shell'
complete -c quarry -n '__quarry_at sandbox' -a cp -d 'Copy files into a sandbox or out'
complete -c quarry -n '__quarry_at sandbox' -a stats -d 'Show what sandboxes use'
complete -c quarry -n '__quarry_at sandbox' -a commit -d 'Make an image of a sandbox'
complete -c quarry -n '__quarry_at sandbox' -a sweep -d 'Remove what dead engines left'
complete -c quarry -n '__quarry_at image' -a ls -d 'List images'
complete -c quarry -n '__quarry_at image' -a import -d 'Import a folder or an archive'
complete -c quarry -n '__quarry_at image' -a export -d 'Write an image to an archive'
complete -c quarry -n '__quarry_at image' -a show -d 'Show one image'
complete -c quarry -n '__quarry_at image' -a rm -d 'Remove an image'
complete -c quarry -n '__quarry_at env' -a ls -d 'List environments'
complete -c quarry -n '__quarry_at env' -a show -d 'Show an environment'
complete -c quarry -n '__quarry_at env' -a play -d 'Play an environment'
complete -c quarry -n '__quarry_at env' -a verify -d 'Run an episode again and compare'
complete -c quarry -n '__quarry_at env' -a bench -d 'Measure steps and resets'
complete -c quarry -n '__quarry_at term' -a render -d 'Show the screen at the end'
complete -c quarry -n '__quarry_at term' -a play -d 'Play a recorded terminal'

complete -c quarry -n '__quarry_is serve' -l listen -x -d 'where to listen'
complete -c quarry -n '__quarry_is serve' -l socket -r -F -d 'the unix socket'
complete -c quarry -n '__quarry_is serve' -l config -r -F -d 'a configuration, JSON or YAML'
complete -c quarry -n '__quarry_is serve' -l data -x -a '(__fish_complete_directories)' -d 'the data folder'
complete -c quarry -n '__quarry_is serve' -l auth -x -a 'auto token none' -d 'who needs the token'
complete -c quarry -n '__quarry_is serve' -l token-file -r -F -d 'where the token lies'
complete -c quarry -n '__quarry_is serve' -l tls-cert -r -F -d 'the certificate (PEM)'
complete -c quarry -n '__quarry_is serve' -l tls-key -r -F -d 'its key (PEM)'
complete -c quarry -n '__quarry_is serve' -l insecure-http -d 'allow other addresses without TLS'
complete -c quarry -n '__quarry_is serve' -l network -x -a 'none user host' -d 'of sandboxes that do not say'
complete -c quarry -n '__quarry_is serve' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is serve' -s h -l help -d 'explain the command'

complete -c quarry -n '__quarry_is exec' -l image -x -a '(__quarry_images)' -d 'image to start from'
complete -c quarry -n '__quarry_is exec' -l memory -x -d 'limit, as 512m or 1g'
complete -c quarry -n '__quarry_is exec' -l cpus -x -d 'limit in cores'
complete -c quarry -n '__quarry_is exec' -l disk -x -d 'limit of the files that it writes'
complete -c quarry -n '__quarry_is exec' -l pids -x -d 'limit of processes and threads'
complete -c quarry -n '__quarry_is exec' -l network -x -a 'none user host' -d 'none, out only, or the host\'s'
complete -c quarry -n '__quarry_is exec' -l env -x -d 'a variable of its environment'
complete -c quarry -n '__quarry_is exec' -l bind -x -a '(__fish_complete_directories)' -d 'show it a folder of this machine'
complete -c quarry -n '__quarry_is exec' -l require-limits -d 'refuse limits that cannot be enforced'
complete -c quarry -n '__quarry_is exec' -l cwd -x -d 'where the command starts'
complete -c quarry -n '__quarry_is exec' -l timeout -x -d 'end it after so many seconds'
complete -c quarry -n '__quarry_is exec' -s t -l tty -d 'give the command a terminal'
complete -c quarry -n '__quarry_is exec' -l data -x -a '(__fish_complete_directories)' -d 'the data folder whose images are used'
complete -c quarry -n '__quarry_is exec' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is exec' -s h -l help -d 'explain the command'

complete -c quarry -n '__quarry_is sandbox ls' -s a -l all -d 'in every state'
complete -c quarry -n '__quarry_is sandbox ls' -l state -x -a 'pending running stopped deleted' -d 'in this state only'
complete -c quarry -n '__quarry_is sandbox ls' -l image -x -a '(__quarry_images)' -d 'of this image only'
complete -c quarry -n '__quarry_is sandbox ls' -l data -x -a '(__fish_complete_directories)' -d 'the data folder'
complete -c quarry -n '__quarry_is sandbox ls' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is sandbox ls' -s h -l help -d 'explain the command'

complete -c quarry -n '__quarry_is sandbox start' -l name -x -d 'its id'
complete -c quarry -n '__quarry_is sandbox start' -l image -x -a '(__quarry_images)' -d 'image to start from'
complete -c quarry -n '__quarry_is sandbox start' -l memory -x -d 'limit, as 512m or 1g'
complete -c quarry -n '__quarry_is sandbox start' -l cpus -x -d 'limit in cores'
complete -c quarry -n '__quarry_is sandbox start' -l disk -x -d 'limit of the files that it writes'
complete -c quarry -n '__quarry_is sandbox start' -l pids -x -d 'limit of processes and threads'
complete -c quarry -n '__quarry_is sandbox start' -l network -x -a 'none user host' -d 'none, out only, or the host\'s'
complete -c quarry -n '__quarry_is sandbox start' -l env -x -d 'a variable of its environment'
complete -c quarry -n '__quarry_is sandbox start' -l bind -x -a '(__fish_complete_directories)' -d 'show it a folder of this machine'
complete -c quarry -n '__quarry_is sandbox start' -l require-limits -d 'refuse limits that cannot be enforced'
complete -c quarry -n '__quarry_is sandbox start' -l idle-timeout -x -d 'stop it after so long without a call'
complete -c quarry -n '__quarry_is sandbox start' -l auto-stop -x -d 'stop it so long after its start'
complete -c quarry -n '__quarry_is sandbox start' -l auto-delete -x -d 'delete it so long after its stop'
complete -c quarry -n '__quarry_is sandbox start' -l data -x -a '(__fish_complete_directories)' -d 'the data folder'
complete -c quarry -n '__quarry_is sandbox start' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is sandbox start' -s h -l help -d 'explain the command'

complete -c quarry -n '__quarry_is sandbox show' -l data -x -a '(__fish_complete_directories)' -d 'the data folder'
complete -c quarry -n '__quarry_is sandbox show' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is sandbox show' -s h -l help -d 'explain the command'
complete -c quarry -n '__quarry_at sandbox show' -a '(__quarry_ids)'

complete -c quarry -n '__quarry_is sandbox stop' -l data -x -a '(__fish_complete_directories)' -d 'the data folder'
complete -c quarry -n '__quarry_is sandbox stop' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is sandbox stop' -s h -l help -d 'explain the command'
complete -c quarry -n '__quarry_at sandbox stop' -a '(__quarry_ids)'

complete -c quarry -n '__quarry_is sandbox restart' -l data -x -a '(__fish_complete_directories)' -d 'the data folder'
complete -c quarry -n '__quarry_is sandbox restart' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is sandbox restart' -s h -l help -d 'explain the command'
complete -c quarry -n '__quarry_at sandbox restart' -a '(__quarry_ids)'

complete -c quarry -n '__quarry_is sandbox rm' -s f -l force -d 'also one that runs'
complete -c quarry -n '__quarry_is sandbox rm' -l data -x -a '(__fish_complete_directories)' -d 'the data folder'
complete -c quarry -n '__quarry_is sandbox rm' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is sandbox rm' -s h -l help -d 'explain the command'
complete -c quarry -n '__quarry_at sandbox rm' -a '(__quarry_ids)'

complete -c quarry -n '__quarry_is sandbox exec' -s t -l tty -d 'give it a terminal'
complete -c quarry -n '__quarry_is sandbox exec' -l env -x -d 'a variable of its environment'
complete -c quarry -n '__quarry_is sandbox exec' -l cwd -x -d 'where it starts'
complete -c quarry -n '__quarry_is sandbox exec' -l timeout -x -d 'end it after so many seconds'
complete -c quarry -n '__quarry_is sandbox exec' -l data -x -a '(__fish_complete_directories)' -d 'the data folder'
complete -c quarry -n '__quarry_is sandbox exec' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is sandbox exec' -s h -l help -d 'explain the command'
complete -c quarry -n '__quarry_at sandbox exec' -a '(__quarry_ids)'

complete -c quarry -n '__quarry_is sandbox shell' -l take-over -d 'type in an agent\'s session'
complete -c quarry -n '__quarry_is sandbox shell' -l data -x -a '(__fish_complete_directories)' -d 'the data folder'
complete -c quarry -n '__quarry_is sandbox shell' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is sandbox shell' -s h -l help -d 'explain the command'
complete -c quarry -n '__quarry_at sandbox shell' -a '(__quarry_ids)'

complete -c quarry -n '__quarry_is sandbox cp' -s r -l recursive -d 'folders with all that is in them'
complete -c quarry -n '__quarry_is sandbox cp' -l data -x -a '(__fish_complete_directories)' -d 'the data folder'
complete -c quarry -n '__quarry_is sandbox cp' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is sandbox cp' -s h -l help -d 'explain the command'
complete -c quarry -n '__quarry_is sandbox cp' -F

complete -c quarry -n '__quarry_is sandbox stats' -l data -x -a '(__fish_complete_directories)' -d 'the data folder'
complete -c quarry -n '__quarry_is sandbox stats' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is sandbox stats' -s h -l help -d 'explain the command'
complete -c quarry -n '__quarry_at sandbox stats' -a '(__quarry_ids)'

complete -c quarry -n '__quarry_is sandbox commit' -l data -x -a '(__fish_complete_directories)' -d 'the data folder'
complete -c quarry -n '__quarry_is sandbox commit' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is sandbox commit' -s h -l help -d 'explain the command'
complete -c quarry -n '__quarry_at sandbox commit' -a '(__quarry_ids)'

complete -c quarry -n '__quarry_is sandbox sweep' -s n -l dry-run -d 'only say what there is'
complete -c quarry -n '__quarry_is sandbox sweep' -l data -x -a '(__fish_complete_directories)' -d 'the data folder'
complete -c quarry -n '__quarry_is sandbox sweep' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is sandbox sweep' -s h -l help -d 'explain the command'

complete -c quarry -n '__quarry_is image ls' -l data -x -a '(__fish_complete_directories)' -d 'the data folder'
complete -c quarry -n '__quarry_is image ls' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is image ls' -s h -l help -d 'explain the command'

complete -c quarry -n '__quarry_is image import' -l data -x -a '(__fish_complete_directories)' -d 'the data folder'
complete -c quarry -n '__quarry_is image import' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is image import' -s h -l help -d 'explain the command'
complete -c quarry -n '__quarry_is image import' -F

complete -c quarry -n '__quarry_is image export' -l data -x -a '(__fish_complete_directories)' -d 'the data folder'
complete -c quarry -n '__quarry_is image export' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is image export' -s h -l help -d 'explain the command'
complete -c quarry -n '__quarry_at image export' -a '(__quarry_images)'
complete -c quarry -n '__quarry_is image export' -F

complete -c quarry -n '__quarry_is image show' -l data -x -a '(__fish_complete_directories)' -d 'the data folder'
complete -c quarry -n '__quarry_is image show' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is image show' -s h -l help -d 'explain the command'
complete -c quarry -n '__quarry_at image show' -a '(__quarry_images)'

complete -c quarry -n '__quarry_is image rm' -l data -x -a '(__fish_complete_directories)' -d 'the data folder'
complete -c quarry -n '__quarry_is image rm' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is image rm' -s h -l help -d 'explain the command'
complete -c quarry -n '__quarry_at image rm' -a '(__quarry_images)'

complete -c quarry -n '__quarry_is term render' -l size -x -d 'of the screen, COLSxROWS'
complete -c quarry -n '__quarry_is term render' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is term render' -s h -l help -d 'explain the command'
complete -c quarry -n '__quarry_is term render' -F
complete -c quarry -n '__quarry_is term play' -l speed -x -d 'so many times as fast'
complete -c quarry -n '__quarry_is term play' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is term play' -s h -l help -d 'explain the command'
complete -c quarry -n '__quarry_is term play' -F
complete -c quarry -n '__quarry_is doctor' -l config -r -F -d 'a configuration to look at too'
complete -c quarry -n '__quarry_is doctor' -l data -x -a '(__fish_complete_directories)' -d 'the data folder'
complete -c quarry -n '__quarry_is doctor' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is doctor' -s h -l help -d 'explain the command'

complete -c quarry -n '__quarry_is version' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is version' -s h -l help -d 'explain the command'

complete -c quarry -n '__quarry_is env ls' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is env ls' -s h -l help -d 'explain the command'

complete -c quarry -n '__quarry_is env show' -l seed -x -d '0 to 4294967295'
complete -c quarry -n '__quarry_is env show' -l param -x -d 'a parameter, NAME=N'
complete -c quarry -n '__quarry_is env show' -a '(__quarry_envs)'
complete -c quarry -n '__quarry_is env show' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is env show' -s h -l help -d 'explain the command'

complete -c quarry -n '__quarry_is env play' -l seed -x -d '0 to 4294967295'
complete -c quarry -n '__quarry_is env play' -l param -x -d 'a parameter, NAME=N'
complete -c quarry -n '__quarry_is env play' -a '(__quarry_envs)'
complete -c quarry -n '__quarry_is env play' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is env play' -s h -l help -d 'explain the command'

complete -c quarry -n '__quarry_is env verify' -l data -x -a '(__fish_complete_directories)' -d 'the data folder'
complete -c quarry -n '__quarry_is env verify' -F
complete -c quarry -n '__quarry_is env verify' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is env verify' -s h -l help -d 'explain the command'

complete -c quarry -n '__quarry_is env bench' -l seconds -x -d 'for each figure'
complete -c quarry -n '__quarry_is env bench' -a '(__quarry_envs)'
complete -c quarry -n '__quarry_is env bench' -l json -d 'machine output on stdout'
complete -c quarry -n '__quarry_is env bench' -s h -l help -d 'explain the command'
