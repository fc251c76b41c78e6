/** Owns adding and changing a unit: its place, its kind, and the attributes and relations that the content knows. */
import type { Answer, Body } from '@ganwei/core/contract';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { Dialog } from '../kit/dialog.tsx';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { Loading, Refused } from '../kit/states.tsx';
import {
  AskedContext,
  Attributes,
  ChoiceField,
  TextField,
  type Units,
  unitOptions,
  type Words,
  wordOptions,
} from './fields.tsx';

interface UnitDialogProps {
  /** empty: a new unit */
  id: string;
  /** where a new unit is proposed to belong */
  parent: string;
  words: Words;
  units: Units;
  onKept(): void;
  onClose(): void;
}

export function UnitDialog(props: UnitDialogProps) {
  if (props.id === '') return <Edit {...props} unit={newUnit(props.parent)} />;
  return <Known {...props} />;
}

function Known(props: UnitDialogProps) {
  const unit = useLoad('directoryUnit', { params: { id: props.id } }, { fresh: true });
  return <Loading of={unit}>{(known) => <Edit {...props} unit={known} />}</Loading>;
}

type Unit = Answer<'directoryUnit'>;

const newUnit = (parent: string): Unit => ({
  id: '',
  name: '',
  shortName: '',
  parent: parent || null,
  kind: '',
  level: '',
  active: true,
  attributes: {},
  relations: {},
});

function Edit({ id, unit, words, units, onKept, onClose }: UnitDialogProps & { unit: Unit }) {
  const { say } = useSpeech();
  const [wanted, setWanted] = useState(unit);
  const put = (change: Partial<Unit>) => setWanted((before) => ({ ...before, ...change }));
  const act = useAct((given: Unit, options) => {
    const { id: code, ...body } = given;
    return api.keepUnit({ params: { id: code }, body: body as Body<'keepUnit'> }, options);
  });
  const keep = async () => {
    const shortName = wanted.shortName || wanted.name;
    if (!(await act.run({ ...wanted, shortName }))) return;
    tell(say('directory.kept', { name: wanted.name }));
    onKept();
  };
  const relate = (relation: string, other: string | undefined) => {
    const { [relation]: _before, ...others } = wanted.relations;
    put({ relations: other === undefined ? others : { ...others, [relation]: other } });
  };
  const none = { value: '', label: say('directory.noneFromHere') };
  return (
    <AskedContext value={{ words, units, problem: act.problem }}>
      <Dialog
        title={say(id ? 'directory.editUnit' : 'directory.addUnit')}
        confirm={say('directory.keep')}
        wide
        busy={act.busy}
        disabled={wanted.id === '' || wanted.name.trim() === ''}
        onConfirm={() => void keep()}
        onClose={onClose}
      >
        <div className="pairs">
          <TextField
            label={say('directory.code')}
            path="id"
            hint={say('directory.codeHint')}
            disabled={id !== ''}
            value={wanted.id}
            onChange={(code) => put({ id: code.trim() })}
          />
          <TextField
            label={say('directory.unitName')}
            path="name"
            value={wanted.name}
            onChange={(name) => put({ name })}
          />
          <TextField
            label={say('directory.shortName')}
            path="shortName"
            hint={say('directory.shortNameHint')}
            value={wanted.shortName}
            onChange={(shortName) => put({ shortName })}
          />
          <ChoiceField
            label={say('directory.parent')}
            path="parent"
            options={unitOptions(units.filter((one) => one.id !== id))}
            value={wanted.parent ? [wanted.parent] : []}
            onChange={([parent]) => put({ parent: parent ?? null })}
          />
          <ChoiceField
            label={say('directory.kind')}
            path="kind"
            options={wordOptions(words.unitKinds)}
            value={wanted.kind ? [wanted.kind] : []}
            onChange={([kind]) => put({ kind: kind ?? '' })}
          />
          <ChoiceField
            label={say('directory.level')}
            path="level"
            options={wordOptions(words.levels)}
            value={wanted.level ? [wanted.level] : []}
            onChange={([level]) => put({ level: level ?? '' })}
          />
          <Attributes
            attributes={words.unitAttributes}
            path="attributes"
            values={wanted.attributes}
            onChange={(attributes) => put({ attributes: attributes as Unit['attributes'] })}
          />
        </div>
        {words.relations.length > 0 && <h3>{say('directory.relations')}</h3>}
        {words.relations.length > 0 && <p className="hint">{say('directory.relationsHint')}</p>}
        <div className="pairs">
          {words.relations.map(({ key, title }) => (
            <ChoiceField
              key={key}
              label={title}
              path={`relations.${key}`}
              options={[none, ...unitOptions(units)]}
              value={key in wanted.relations ? [wanted.relations[key]!] : []}
              onChange={([other]) => relate(key, other)}
            />
          ))}
        </div>
        <label className="tick">
          <input
            type="checkbox"
            checked={!wanted.active}
            onChange={(event) => put({ active: !event.target.checked })}
          />
          {say('directory.unitEnded')}
        </label>
        <Refused problem={act.problem} />
      </Dialog>
    </AskedContext>
  );
}
