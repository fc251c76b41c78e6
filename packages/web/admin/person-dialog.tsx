/** Owns adding and changing a person: account name, attributes, and every post with its roles and its first and last day. */
import type { Answer, Body } from '@ganwei/core/contract';
import { Button } from 'antd';
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
  DayField,
  TextField,
  type Units,
  unitOptions,
  useAsked,
  type Words,
  wordOptions,
} from './fields.tsx';
import { HoldingsOf } from './holdings.tsx';

interface PersonDialogProps {
  /** empty: a new person */
  id: string;
  /** where a new person is proposed to sit */
  unit: string;
  words: Words;
  units: Units;
  onKept(): void;
  onClose(): void;
}

type Person = Answer<'directoryPerson'>;
type Post = Person['posts'][number];

export function PersonDialog(props: PersonDialogProps) {
  if (props.id === '') return <Edit {...props} person={newPerson(props.unit)} />;
  return <Known {...props} />;
}

function Known(props: PersonDialogProps) {
  const person = useLoad('directoryPerson', { params: { id: props.id } }, { fresh: true });
  return <Loading of={person}>{(known) => <Edit {...props} person={known} />}</Loading>;
}

const newPost = (unit: string): Post => ({ unit, title: '', roles: [], main: false, from: '', to: '', attributes: {} });

const newPerson = (unit: string): Person => ({
  id: '',
  username: '',
  name: '',
  active: true,
  attributes: {},
  posts: [{ ...newPost(unit), main: true }],
});

function Edit({ id, person, words, units, onKept, onClose }: PersonDialogProps & { person: Person }) {
  const { say } = useSpeech();
  const [wanted, setWanted] = useState(person);
  const [password, setPassword] = useState('');
  const put = (change: Partial<Person>) => setWanted((before) => ({ ...before, ...change }));
  const act = useAct((given: Person, options) => {
    const { id: known, ...body } = given;
    return api.keepPerson({ params: { id: known || body.username }, body: body as Body<'keepPerson'> }, options);
  });
  const keep = async () => {
    const answer = await act.run(wanted);
    if (!answer) return;
    tell(
      say(answer.waiting > 0 ? 'directory.keptWaiting' : 'directory.kept', { name: wanted.name, n: answer.waiting }),
    );
    if (answer.password) return setPassword(answer.password);
    onKept();
  };
  if (password) return <FirstPassword name={wanted.name} password={password} onClose={onKept} />;
  return (
    <AskedContext value={{ words, units, problem: act.problem }}>
      <Dialog
        title={say(id ? 'directory.editPerson' : 'directory.addPerson')}
        confirm={say('directory.keep')}
        wide
        busy={act.busy}
        disabled={wanted.username === '' || wanted.name.trim() === ''}
        onConfirm={() => void keep()}
        onClose={onClose}
      >
        <div className="pairs">
          <TextField
            label={say('directory.personName')}
            path="name"
            value={wanted.name}
            onChange={(name) => put({ name })}
          />
          <TextField
            label={say('directory.username')}
            path="username"
            hint={say('directory.usernameHint')}
            disabled={id !== ''}
            value={wanted.username}
            onChange={(username) => put({ username: username.trim() })}
          />
          <Attributes
            attributes={words.personAttributes}
            path="attributes"
            values={wanted.attributes}
            onChange={(attributes) => put({ attributes: attributes as Person['attributes'] })}
          />
        </div>
        <h3>{say('directory.posts')}</h3>
        {wanted.posts.map((post, index) => (
          <PostFields
            // biome-ignore lint/suspicious/noArrayIndexKey: posts are added behind and never taken away
            key={index}
            index={index}
            post={post}
            onChange={(change) => {
              const others = change.main ? wanted.posts.map((one) => ({ ...one, main: false })) : wanted.posts;
              put({ posts: others.map((one, at) => (at === index ? { ...one, ...change } : one)) });
            }}
          />
        ))}
        <div className="row-tools">
          <Button size="small" onClick={() => put({ posts: [...wanted.posts, newPost('')] })}>
            {say('directory.addPost')}
          </Button>
        </div>
        {id && <HoldingsOf id={id} />}
        <label className="tick">
          <input
            type="checkbox"
            checked={!wanted.active}
            onChange={(event) => put({ active: !event.target.checked })}
          />
          {say('directory.left')}
        </label>
        <Refused problem={act.problem} />
      </Dialog>
    </AskedContext>
  );
}

/** A post of the person; one that has begun is ended by its last day. */
function PostFields({ index, post, onChange }: { index: number; post: Post; onChange(change: Partial<Post>): void }) {
  const { say } = useSpeech();
  const { words, units } = useAsked();
  const path = `posts.${index}`;
  return (
    <fieldset className="post">
      <legend>{say('directory.post', { n: index + 1 })}</legend>
      <div className="pairs">
        <ChoiceField
          label={say('directory.unit')}
          path={`${path}.unit`}
          options={unitOptions(units)}
          value={post.unit ? [post.unit] : []}
          onChange={([unit]) => onChange({ unit: unit ?? '' })}
        />
        <TextField
          label={say('directory.postTitle')}
          path={`${path}.title`}
          value={post.title}
          onChange={(title) => onChange({ title })}
        />
        <ChoiceField
          label={say('directory.roles')}
          path={`${path}.roles`}
          several
          options={[
            ...wordOptions(words.roles),
            ...words.roles.map(({ key, title }) => ({
              value: `acting:${key}`,
              label: say('directory.acting', { role: title }),
            })),
          ]}
          value={post.roles}
          onChange={(roles) => onChange({ roles })}
        />
        <DayField
          label={say('directory.from')}
          path={`${path}.from`}
          value={post.from}
          onChange={(from) => onChange({ from })}
        />
        <DayField
          label={say('directory.to')}
          path={`${path}.to`}
          hint={say('directory.toHint')}
          value={post.to}
          onChange={(to) => onChange({ to })}
        />
        <Attributes
          attributes={words.postAttributes}
          path={`${path}.attributes`}
          values={post.attributes}
          onChange={(attributes) => onChange({ attributes: attributes as Post['attributes'] })}
        />
      </div>
      <label className="tick">
        <input type="radio" checked={post.main} onChange={() => onChange({ main: true })} />
        {say('directory.main')}
      </label>
    </fieldset>
  );
}

/** Shown once: the person changes it at the first sign-in. */
function FirstPassword({ name, password, onClose }: { name: string; password: string; onClose(): void }) {
  const { say } = useSpeech();
  return (
    <Dialog title={say('directory.addPerson')} confirm={say('act.close')} onConfirm={onClose} onClose={onClose}>
      <p role="status">{say('directory.firstPassword', { name })}</p>
      <p className="secret">{password}</p>
    </Dialog>
  );
}
