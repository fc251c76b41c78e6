/**
 * letter: numbers, prints and files an official letter, and hands it to its recipients, all in the step's transaction [L1] [L3].
 * Inputs: template (key), to and copies (lists of unit or person ids), counter (text before the year in the number)
 * or number (the whole number, for a letter that goes under another's),
 * data (context; names the template may use besides the case's data). A recipient unit without a person who receives for it
 * blocks the letter (`receivers`: FEEL role name, default `liaison`). Result: { id, number, title, issuedOn, pages, receivers }.
 */
import { localDate } from '@ganwei/calendar/zone';
import { because } from '@ganwei/core/reason';
import { type Composed, type Letter, LetterTooLong } from '@ganwei/letter/template';
import { type Printer, PrintFault } from '../catalogue/host.ts';
import type { World } from '../catalogue/language.ts';
import { type Service, type ServiceContext, ServiceFault } from '../catalogue/service.ts';
import { addFile, linkFiles } from '../store/drafts.ts';
import { insertLetter, nextNumber } from '../store/letters.ts';
import type { Tx } from '../store/open.ts';
import { contextInput, listInput, textInput } from './inputs.ts';
import { delivered, letterNotices, type Recipient, receivingRoles, recipients } from './recipients.ts';

export const letter: Service = {
  label: '签发文书',
  inputs: {
    template: { type: 'letter key', required: true, label: '文书模板' },
    to: { type: 'list<Any>', required: true, label: '主送的单位或人员' },
    copies: { type: 'list<Any>', label: '抄送的单位或人员' },
    counter: { type: 'string', label: '文号的机关代字' },
    number: { type: 'string', label: '整个文号（用其他文书的文号时）' },
    data: { type: 'context', label: '模板另外用到的值' },
    receivers: { type: 'list<role>', label: '收文角色，依次' },
  },
  result:
    'context<id: letter, number: string, title: string, issuedOn: date, pages: number, receivers: list<person>, copyReceivers: list<person>>',
  async run(context, inputs) {
    const { tx, host, now, actor, case: own, app, sight } = context;
    const { world } = sight;
    const template = textInput(inputs, 'template');
    const issuedOn = localDate(now);
    const { version, value: definition } = await host.catalogue().letter(app, template, issuedOn);
    const roles = receivingRoles(inputs);
    const to = recipients(world, listInput(inputs, 'to'), 'to', roles);
    const copies = recipients(world, listInput(inputs, 'copies'), 'copy', roles);

    const number = typeof inputs.number === 'string' ? inputs.number : await nextLetterNumber(tx, inputs, issuedOn);
    const data = {
      ...sight.scope,
      ...contextInput(inputs, 'data'),
      letter: { number, issuedOn, to: to.map(nameFor(world)), copies: copies.map(nameFor(world)) },
    };
    const composed = composeWithin(definition, data, world);
    const printed = await printWithin(host.printer, composed.typst);

    const id = host.newId();
    const file = await keepPdf(context, `${composed.title}.pdf`, printed.pdf);
    await insertLetter(
      tx,
      {
        id,
        case_id: own.id,
        template,
        version,
        number,
        organ: composed.organ,
        title: composed.title,
        state: 'issued',
        file_id: file,
        pages: printed.pages,
        data,
        substitutions: printed.substitutions,
        issued_at: now,
        issued_by: actor.id,
        void_reason: '',
        voided_at: null,
        void_ground: '',
      },
      [...to, ...copies].map((receipt, position) => ({
        ...receipt,
        id: host.newId(),
        letter_id: id,
        position,
        sent_at: now,
      })),
    );
    await linkFiles(tx, [{ file_id: file, case_id: own.id, place: 'letter', by: actor.id, at: now }]);
    const { people, undelivered } = delivered([...to, ...copies]);
    return {
      undelivered,
      result: {
        id,
        number,
        title: composed.title,
        issuedOn,
        pages: printed.pages,
        receivers: people,
        copyReceivers: delivered(copies).people,
      },
      notices: letterNotices(
        people,
        { id, title: composed.title, number, organ: composed.organ, caseId: own.id },
        now,
        host.newId,
      ),
      notes: [{ kind: 'letter', detail: { letter: id, number, title: composed.title, copies: copies.length } }],
    };
  },
};

/** [L60] No letter of an office is longer; what is, comes from loops that multiply. The time for printing is the printer's to limit. */
const MOST = { lines: 5000, source: 2_000_000, pages: 200 };

function composeWithin(definition: Letter, data: Record<string, unknown>, world: World): Composed {
  try {
    const composed = definition.compose(data, world, MOST.lines);
    if (composed.typst.length > MOST.source) throw new ServiceFault('too-long', because('letter.length'));
    return composed;
  } catch (error) {
    if (!(error instanceof LetterTooLong)) throw error;
    throw new ServiceFault('too-long', because('letter.lines', { most: MOST.lines }));
  }
}

async function printWithin(printer: Printer, source: string): ReturnType<Printer['print']> {
  try {
    const printed = await printer.print(source);
    const { pages } = printed;
    if (pages > MOST.pages) throw new ServiceFault('too-long', because('letter.pages', { pages, most: MOST.pages }));
    return printed;
  } catch (error) {
    throw error instanceof PrintFault ? new ServiceFault('print', error.reason) : error;
  }
}

/** [L1] The next number of the counter in its year: 宜纪容决〔2026〕7号. */
async function nextLetterNumber(tx: Tx, inputs: Readonly<Record<string, unknown>>, issuedOn: string): Promise<string> {
  const counter = textInput(inputs, 'counter');
  const year = issuedOn.slice(0, 4);
  return `${counter}〔${year}〕${await nextNumber(tx, `letter/${counter}/${year}`)}号`;
}

/** An addressee as the letter names him: the person for letters to people, else the unit. */
const nameFor =
  ({ directory }: World) =>
  ({ unit_id, person_id, kind }: Recipient): { id: string; name: string; person: string } => {
    const unit = directory.units.get(unit_id);
    return {
      id: unit_id,
      name: unit?.name ?? '',
      person: kind === 'to' && person_id ? directory.nameOf(person_id) : '',
    };
  };

/** [READ13] It is nobody's own: whose act had it issued need not be one who may read it. */
async function keepPdf({ tx, host, now }: ServiceContext, name: string, pdf: Uint8Array): Promise<string> {
  const { path, sha256, size } = await host.files.keep(pdf);
  const id = host.newId();
  await addFile(tx, { id, name, size, type: 'application/pdf', sha256, path, owner_id: '', at: now });
  return id;
}
