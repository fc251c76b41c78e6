/** Owns the list of places that say a name: by definition, each place in words, with what stands there and, in a rename, what will. */
import type { Answer } from '@ganwei/core/contract';
import { idOf } from '@ganwei/release/paths';
import { useSpeech } from '../../../kit/language.tsx';
import { Link } from '../../../kit/router.tsx';
import { draftAddress } from '../names.ts';

export type Place = Answer<'planRename'>['places'][number];

/** By definition, in the order in which they come. */
function byDefinition(places: readonly Place[]): { definition: Place['definition']; places: Place[] }[] {
  const groups = new Map<string, { definition: Place['definition']; places: Place[] }>();
  for (const place of places) {
    const id = idOf(place.definition);
    const group = groups.get(id) ?? { definition: place.definition, places: [] };
    group.places.push(place);
    groups.set(id, group);
  }
  return [...groups.values()];
}

export const definitionsOf = (places: readonly Place[]): number =>
  new Set(places.map(({ definition }) => idOf(definition))).size;

/** `renaming`: what will stand there is shown, too. */
export function Places({ change, places, renaming }: { change: string; places: readonly Place[]; renaming?: boolean }) {
  const { say } = useSpeech();
  return (
    <div className="name-places">
      {byDefinition(places).map(({ definition, places: own }) => (
        <section key={idOf(definition)} aria-label={definition.title}>
          <h3>
            <Link to={draftAddress(change, definition)}>
              {say('diff.of', { type: say(`definition.kind.${definition.kind}`), name: definition.title })}
            </Link>
            <span className="count">{own.length}</span>
          </h3>
          <ul>
            {own.map((place, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: places that say the same have no other identity
              <PlaceRow key={index} place={place} renaming={renaming ?? false} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function PlaceRow({ place: { place, element, before, after }, renaming }: { place: Place; renaming: boolean }) {
  const { say } = useSpeech();
  return (
    <li>
      <span className="name-place">{place.length > 0 ? place.join(' › ') : <code>{element}</code>}</span>
      {renaming ? (
        <span className="name-sayings">
          <small>{say('names.before')}</small>
          <del>{marked(before, after)}</del>
          <small>{say('names.after')}</small>
          <ins>{marked(after, before)}</ins>
        </span>
      ) : (
        <code>{marked(before, after)}</code>
      )}
    </li>
  );
}

/** The words in which the two texts differ stand out: nothing but names is different. */
function marked(text: string, other: string) {
  const [own, others] = [wordsOf(text), wordsOf(other)];
  return own.map((word, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: words of a text
    word === others[index] ? word : <mark key={index}>{word}</mark>,
  );
}

const wordsOf = (text: string): string[] => text.split(/([\p{L}\p{N}_-]+)/u);
