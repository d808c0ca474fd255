import { bold, escaped, item, section, verbatim } from './roff.js';

const NAME = 'keboola-temporal';

/**
 * The manual page of a command, made of what its `--help` shows.
 *
 * @param {import('commander').Command} command of `createProgram`; the whole program has a page, too.
 * @param {string} version
 * @returns {{ file: string, text: string }}
 */
export function pageOf(command, version) {
  const help = command.createHelp();
  const path = pathOf(command);
  const name = path.join('-');
  const options = help.visibleOptions(command);
  const lines = [
    `.TH ${name.toUpperCase()} 1 "" "${NAME} ${version}" "User Commands"`,
    ...section('NAME', [`${escaped(name)} \\- ${escaped(lowerFirst(command.description()))}`]),
    ...section('SYNOPSIS', [`${bold(path.join(' '))} ${escaped(command.usage())}`]),
    ...section('DESCRIPTION', [`${escaped(command.description())}.`]),
    ...section(
      'ARGUMENTS',
      help.visibleArguments(command).flatMap((one) => item(help.argumentTerm(one), help.argumentDescription(one))),
    ),
    ...section('COMMANDS', commandsOf(command, help)),
    ...section('OPTIONS', optionItems(options, help)),
    ...section('GLOBAL OPTIONS', optionItems(help.visibleGlobalOptions(command), help)),
    ...afterwards(command),
    ...section('SEE ALSO', [escaped(seeAlso(command))]),
  ];
  return { file: `${name}.1`, text: `${lines.join('\n')}\n` };
}

function pathOf(command) {
  return command.parent ? [...pathOf(command.parent), command.name()] : [NAME];
}

function commandsOf(command, help) {
  const named = help.visibleCommands(command).filter((one) => one.name() !== 'help');
  return named.flatMap((one) => item(help.subcommandTerm(one), help.subcommandDescription(one)));
}

function optionItems(options, help) {
  return options.flatMap((one) => item(help.optionTerm(one), help.optionDescription(one)));
}

/** What a help has below its lists: paragraphs, each under a word and a colon, as "Examples:". */
function afterwards(command) {
  let text = '';
  command.emit('afterHelp', { error: false, command, write: (part) => (text += part) });
  const parts = text.split(/^(\w[\w ]*):\n/m).slice(1);
  const pairs = parts.flatMap((part, at) => (at % 2 === 0 ? [[part.toUpperCase(), parts[at + 1] ?? '']] : []));
  return pairs.flatMap(([title, lines]) => section(title, verbatim(lines.trimEnd())));
}

function seeAlso(command) {
  if (!command.parent) return command.commands.map((one) => `${NAME}-${one.name()}(1)`).join(', ');
  return `${pathOf(command.parent).join('-')}(1)`;
}

function lowerFirst(text) {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
