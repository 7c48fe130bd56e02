// completion: a script that has a shell complete command lines, and what that script asks for.
// Knows no command and no option by name; cli/completion.c reads the tables.
#include "cli/completion.h"

#include <string.h>

// What each script does: hand the words up to the cursor over, offer the lines that come back.
static const char bash[] =
    "# bash: source this, or keep it as share/bash-completion/completions/gainsay.\n"
    "_gainsay() {\n"
    "    local i word line last prefix rest=$COMP_LINE words=()\n"
    "    # COMP_WORDBREAKS cuts at : and =; what follows without a blank belongs to the word before.\n"
    "    for ((i = 0; i <= COMP_CWORD; i++)); do\n"
    "        word=${COMP_WORDS[i]}\n"
    "        if ((i > 0)) && [[ $rest != [[:blank:]]* ]]; then\n"
    "            words[${#words[@]} - 1]+=$word\n"
    "        else\n"
    "            words+=(\"$word\")\n"
    "        fi\n"
    "        rest=${rest#\"${rest%%[![:blank:]]*}\"}\n"
    "        rest=${rest#\"$word\"}\n"
    "    done\n"
    "    last=${words[${#words[@]} - 1]}\n"
    "    prefix=\n"
    "    [[ $last == [\\'\\\"]* ]] || prefix=${last%\"${last##*[:=]}\"}\n"
    "    [[ $prefix && $COMP_WORDBREAKS != *${prefix: -1}* ]] && prefix=\n"
    "    COMPREPLY=()\n"
    "    while IFS= read -r line; do\n"
    "        case $line in\n"
    "            :files) compopt -o default 2>/dev/null ;;\n"
    "            :dirs) compopt -o dirnames 2>/dev/null ;;\n"
    "            *)\n"
    "                line=${line%%$'\\t'*}\n"
    "                [[ $last == [\\'\\\"]* || $line != *[[:blank:]\\\"\\(\\)\\<\\>\\*]* ]] ||\n"
    "                    printf -v line %q \"$line\"\n"
    "                COMPREPLY+=(\"${line#\"$prefix\"}\")\n"
    "                ;;\n"
    "        esac\n"
    "    done < <(gainsay completion bash -- \"${words[@]}\" 2>/dev/null)\n"
    "    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[:=] ]] && compopt -o nospace 2>/dev/null\n"
    "    return 0\n"
    "}\n"
    "complete -o nosort -F _gainsay gainsay 2>/dev/null || complete -F _gainsay gainsay\n";

static const char zsh[] =
    "#compdef gainsay\n"
    "# zsh: keep this as _gainsay in a folder of fpath, or source it behind compinit.\n"
    "_gainsay() {\n"
    "    local line word help\n"
    "    local -a open whole open_shown whole_shown\n"
    "    for line in ${(f)\"$(gainsay completion zsh -- \"${(@)words[1,CURRENT-1]}\" \"$PREFIX\" 2>/dev/null)\"}; do\n"
    "        case $line in\n"
    "            (:files) _files; continue ;;\n"
    "            (:dirs) _files -/; continue ;;\n"
    "        esac\n"
    "        word=${line%%$'\\t'*}\n"
    "        help=\n"
    "        [[ $line == *$'\\t'* ]] && help=\"  -- ${line#*$'\\t'}\"\n"
    "        case $word in\n"
    "            (*[:=]) open+=(\"$word\"); open_shown+=(\"$word$help\") ;;\n"
    "            (*) whole+=(\"$word\"); whole_shown+=(\"$word$help\") ;;\n"
    "        esac\n"
    "    done\n"
    "    (( $#whole )) && compadd -l -V gainsay -d whole_shown -a whole\n"
    "    (( $#open )) && compadd -S '' -l -V keys -d open_shown -a open\n"
    "    return 0\n"
    "}\n"
    "if [[ $funcstack[1] == _gainsay ]]; then\n"
    "    _gainsay \"$@\"\n"
    "else\n"
    "    compdef _gainsay gainsay\n"
    "fi\n";

static const char fish[] =
    "# fish: keep this as share/fish/vendor_completions.d/gainsay.fish, or source it.\n"
    "function __gainsay_complete\n"
    "    set -l lines (gainsay completion fish -- (commandline -opc) (commandline -ct) 2>/dev/null)\n"
    "    for line in $lines\n"
    "        switch $line\n"
    "            case ':files'\n"
    "                __fish_complete_path (commandline -ct)\n"
    "            case ':dirs'\n"
    "                __fish_complete_directories (commandline -ct) ''\n"
    "            case '*'\n"
    "                printf '%s\\n' $line\n"
    "        end\n"
    "    end\n"
    "end\n"
    "complete -c gainsay -f -k -a '(__gainsay_complete)'\n";

static const struct {
    const char *name, *script;
} shells[] = { { "bash", bash }, { "zsh", zsh }, { "fish", fish } };

const char *completion_shell(size_t index)
{
    return index < ARRAY_LEN(shells) ? shells[index].name : NULL;
}

static const char *find_script(const char *shell)
{
    for (size_t i = 0; i < ARRAY_LEN(shells); i++)
        if (!strcmp(shell, shells[i].name))
            return shells[i].script;
    return NULL;
}

int cmd_completion(struct cli *cli)
{
    const char *script = find_script(cli->operands[0]);

    if (!script)
        return cli_usage(cli, "no script for '%s'; there are bash, zsh and fish", cli->operands[0]);
    if (cli->operand_count > 1)
        completion_offer(cli, cli->operands + 1, cli->operand_count - 1, &cli->out.text);
    else
        buf_add_cstr(&cli->out.text, script);
    return 0;
}
