/** `davit check`. */
import { check, type CheckItem } from '../admin/check.ts';
import { askOrOpen } from './ask-or-open.ts';
import type { FlagValues } from './flags.ts';
import { size } from './pull-text.ts';

const EXIT_DAMAGED = 1;

/** @returns 1 when something is damaged and was not repaired */
export async function checkCommand(values: FlagValues): Promise<number> {
  const request = { full: values.has('full'), repair: values.has('repair') };
  let [layers, files, bytes, damaged, repaired] = [0, 0, 0, 0, 0];
  for await (const item of askOrOpen(values, 'check', request, check)) {
    for (const line of linesOf(item)) process.stdout.write(`${line}\n`);
    if ('repaired' in item) repaired++;
    if (!('report' in item)) continue;
    if (item.report.problems > 0) damaged++;
    if (item.report.kind === 'layer') { layers++; files += item.report.files; bytes += item.report.bytes; }
  }
  const read = request.full ? `, ${files} files, ${size(bytes)}` : '';
  const left = damaged - repaired;
  process.stdout.write(`${layers} layers${read}: ${damaged === 0 ? 'no damage found' : `${damaged} damaged, ${repaired} repaired`}${left > 0 && !request.repair ? '; davit check --full --repair fetches what is damaged' : ''}\n`);
  return left > 0 ? EXIT_DAMAGED : 0;
}

function linesOf(item: CheckItem): string[] {
  if ('repaired' in item) return [`${item.repaired}: repaired from ${item.from}`];
  if ('unrepaired' in item) return [`${item.unrepaired}: not repaired: ${item.reason}`];
  const { report, of } = item;
  const what = report.kind === 'index' ? 'index of images' : `${report.chainID} of ${of}`;
  const doubts = report.kind === 'layer' && report.unproved !== undefined ? [`${what}: not all could be proved: ${report.unproved}`] : [];
  if (report.problems === 0) return doubts;
  const more = report.problems - report.named.length;
  return [...doubts, `${what}: ${report.problems} ${report.problems === 1 ? 'problem' : 'problems'}`, ...report.named.map((named) => `  ${named}`), ...(more > 0 ? [`  and ${more} more`] : [])];
}
