/** Owns how a sandbox is begun: in which application, and by whom it is played - the directory's people, or those of a story, which may be gone through. */
import { idOf, type Named } from '@ganwei/release/paths';
import { Button, Checkbox, Radio, Select } from 'antd';
import { useId, useState } from 'react';
import { useAct } from '../../api/act.ts';
import { api } from '../../api/client.ts';
import { useLoad } from '../../api/load.ts';
import { useSpeech } from '../../kit/language.tsx';
import { Empty, Loading, Refused } from '../../kit/states.tsx';
import type { PlayView } from './play-page.tsx';

interface BeginProps {
  change: string;
  query: URLSearchParams;
  /** another change is being played */
  other: boolean;
  onBegun(view: PlayView): void;
}

interface App {
  app: string;
  name: string;
  stories: readonly { key: string; title: string }[];
}

export function Begin({ change, ...rest }: BeginProps) {
  const design = useLoad('design', {});
  const drafts = useLoad('change', { params: { id: change } });
  return (
    <section className="card">
      <Loading of={design}>
        {({ applications }) => (
          <Loading of={drafts}>
            {(view) => {
              const apps = applications
                .filter(({ app, mayDraft }) => mayDraft && app !== '')
                .map(({ app, name, definitions }) => ({
                  app,
                  name,
                  stories: storiesIn(app, [...view.drafts, ...definitions], view.drafts),
                }));
              return <Choose change={change} apps={apps} first={view.drafts[0]?.app ?? ''} {...rest} />;
            }}
          </Loading>
        )}
      </Loading>
    </section>
  );
}

/** Each once, as the change has it; what it retires is none. */
function storiesIn(
  app: string,
  all: readonly (Named & { title: string })[],
  drafts: readonly (Named & { what: string })[],
): App['stories'] {
  const gone = new Set(drafts.filter(({ what }) => what === 'retired').map(idOf));
  const own = all.filter((one) => one.kind === 'story' && one.app === app && !gone.has(idOf(one)));
  return [...new Map(own.map((one) => [one.key, one])).values()];
}

/** Of the radio buttons: the directory. */
const DIRECTORY = '';

function Choose({ change, apps, first, query, other, onBegun }: BeginProps & { apps: readonly App[]; first: string }) {
  const { say } = useSpeech();
  const id = useId();
  const [askedApp = '', askedKey = DIRECTORY] = (query.get('story') ?? '').split('.');
  // what the change is about, else where there is something to begin with
  const wanted = [askedApp, first].flatMap((one) => apps.find(({ app }) => app === one) ?? [])[0];
  const most = wanted ?? apps.find(({ stories }) => stories.length > 0) ?? apps[0];
  const [app, setApp] = useState(most?.app ?? '');
  const stories = apps.find((one) => one.app === app)?.stories ?? [];
  const [key, setKey] = useState(askedKey || (stories[0]?.key ?? DIRECTORY));
  const [script, setScript] = useState(askedKey !== DIRECTORY);
  const act = useAct((body: { app: string; story: { app: string; key: string } | null; script: boolean }) =>
    api.openPlay({ params: { id: change }, body }),
  );
  if (apps.length === 0) return <Empty title={say('play.noApp')} />;
  const begin = async () => {
    const story = key === DIRECTORY ? null : { app, key };
    const view = await act.run({ app, story, script: script && story !== null });
    if (view) onBegun(view);
  };
  const chooseApp = (next: string) => {
    setApp(next);
    setKey(apps.find((one) => one.app === next)?.stories[0]?.key ?? DIRECTORY);
  };
  return (
    <div className="card-body stack play-begin">
      {other && <p className="complaint">{say('play.other')}</p>}
      <div className="field">
        <label htmlFor={id}>{say('play.app')}</label>
        <Select
          id={id}
          className="short"
          value={app}
          options={apps.map((one) => ({ value: one.app, label: one.name }))}
          onChange={chooseApp}
        />
      </div>
      <fieldset className="field play-who">
        <legend>{say('play.who')}</legend>
        <Radio.Group value={key} onChange={(event) => setKey(String(event.target.value))}>
          {stories.map((story) => (
            <Radio key={story.key} value={story.key}>
              {say('play.story', { title: story.title })}
            </Radio>
          ))}
          <Radio value={DIRECTORY}>{say('play.directory')}</Radio>
        </Radio.Group>
        <small className="dim">{say(key === DIRECTORY ? 'play.directoryHint' : 'play.storyHint')}</small>
      </fieldset>
      {key !== DIRECTORY && (
        <Checkbox checked={script} onChange={(event) => setScript(event.target.checked)}>
          {say('play.script')}
        </Checkbox>
      )}
      <Refused problem={act.problem} />
      <div className="row-tools">
        <Button type="primary" loading={act.busy} onClick={() => void begin()}>
          {say('play.begin')}
        </Button>
        {act.busy && (
          <span className="dim" role="status">
            {say('play.beginning')}
          </span>
        )}
      </div>
    </div>
  );
}
