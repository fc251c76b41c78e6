// @vitest-environment happy-dom
/** Rules [DES10] [DES11]: what may be drawn follows from what the machine executes, and every text of the drawing tools is Chinese on a Chinese page. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ALLOWED } from '@ganwei/process/lint/structure';
import { describe, expect, test } from 'vitest';
import { CHINESE, translating } from '../../packages/web/design/flow/dictionary.ts';
import { isDrawable, PAD, PALETTE, REPLACEMENTS } from '../../packages/web/design/flow/drawable.ts';

const LIBRARIES = ['bpmn-js/lib', 'diagram-js/lib'].map((folder) =>
  path.resolve(import.meta.dirname, '../../node_modules', folder),
);

/** Files whose texts never reach the screen: ours stand in their place, or their entries are taken away. */
const REPLACED = ['features/palette/PaletteProvider.js', 'i18n/translate/'];
/** Texts of menus that are taken away: marks of repetition, collections, pools of several. */
const TAKEN_AWAY = [
  'Parallel multi-instance',
  'Sequential multi-instance',
  'Loop',
  'Collection',
  'Participant multiplicity',
  'Append conditional intermediate catch event',
  'Append signal intermediate catch event',
  'Append compensation activity',
  'Append task',
  'Append intermediate/boundary event',
];

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = path.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(at) : at.endsWith('.js') ? [at] : [];
  });
}

/** Texts that the libraries hand to their translator, where they are written out; a text that is put together is listed whole. */
function textsOfLibraries(): string[] {
  const texts = LIBRARIES.flatMap(filesBelow)
    .filter((file) => !REPLACED.some((part) => file.includes(part)))
    .flatMap((file) => {
      const code = readFileSync(file, 'utf8').replace(/^\s*\*.*$/gm, '');
      const constants = new Map(
        [...code.matchAll(/var ([A-Z_]+) = '([^']+)';/g)].map(([, name, text]) => [name, text]),
      );
      const spelt = [...code.matchAll(/\btranslate\(\s*'([^']+)'/g)].map(([, text]) => text ?? '');
      const named = [...code.matchAll(/\btranslate\(([A-Z_]+)\)/g)].map(([, name]) => constants.get(name) ?? '');
      return [...spelt, ...named];
    })
    .filter((text) => text !== ' + shift + ');
  const aligned = ['left', 'center', 'right', 'top', 'middle', 'bottom'].map((side) => `Align elements ${side}`);
  return [...texts.filter((text) => text !== 'Align elements '), ...aligned];
}

describe('words of the drawing tools', () => {
  test('[DES11] every text that the libraries say in the parts we use has Chinese', () => {
    const spoken = textsOfLibraries().filter((text) => !TAKEN_AWAY.includes(text));
    expect(spoken.length).toBeGreaterThan(25);
    const own = [...PALETTE.map(({ title }) => title), ...REPLACEMENTS.values()];
    expect([...spoken, ...own].filter((text) => !Object.hasOwn(CHINESE, text))).toEqual([]);
    expect(Object.values(CHINESE).filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([]);
  });

  test('[DES11] an English page says what the libraries say, and names are filled in', () => {
    let language: 'zh-CN' | 'en-US' = 'zh-CN';
    const translate = translating(() => language);
    expect(translate('Open {element}', { element: '受理' })).toBe('打开「受理」');
    language = 'en-US';
    expect(translate('Open {element}', { element: '受理' })).toBe('Open 受理');
  });
});

describe('what may be drawn', () => {
  test('[DES10] the palette offers only what the machine executes', () => {
    expect(PALETTE.filter((target) => !isDrawable(target))).toEqual([]);
  });

  test('[DES10] every element that the machine executes can be had from the palette or as a replacement', () => {
    const words = [...REPLACEMENTS.keys()].join(' ');
    const kinds = Object.keys(ALLOWED).filter((type) => !PALETTE.some((target) => target.type === type));
    const reached = {
      SendTask: 'send',
      BusinessRuleTask: 'rule',
      ReceiveTask: 'receive',
      EventBasedGateway: 'event-based',
    };
    const others = { BoundaryEvent: 'boundary', IntermediateThrowEvent: 'intermediate-throw' };
    const by: Readonly<Record<string, string>> = { ...reached, ...others };
    expect(kinds.filter((type) => !words.includes(by[type.replace('bpmn:', '')] ?? '?'))).toEqual([]);
  });

  test('[DES10] nothing else is offered: no scripts, signals, repetitions or transactions', () => {
    const offered = [...REPLACEMENTS.keys(), ...PAD].join(' ');
    expect(offered).not.toMatch(
      /script|manual|signal|conditional|escalation|compensation|transaction|ad-hoc|link|event-subprocess|complex|cancel/,
    );
    expect(isDrawable({ type: 'bpmn:ScriptTask' })).toBe(false);
    expect(isDrawable({ type: 'bpmn:SubProcess', triggeredByEvent: true })).toBe(false);
    expect(
      isDrawable({
        type: 'bpmn:BoundaryEvent',
        eventDefinitionType: 'bpmn:ErrorEventDefinition',
        cancelActivity: false,
      }),
    ).toBe(false);
  });
});
