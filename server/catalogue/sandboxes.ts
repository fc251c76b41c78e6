/**
 * Owns what sandboxes are to the rest of the server: stories are run in them, and one person at a time plays in each. They are beside the event
 * loop (server/sandbox/threads.ts); what is known of them here is what may be asked. Rules: [STORY3] [PLAY1].
 */
import type { Answer, ParsedBody } from '@ganwei/core/contract';
import type { Reply } from '@ganwei/core/contract/rerecord';
import type { Reason } from '@ganwei/core/reason';
import type { Definition } from '@ganwei/release/definition';
import type { Cast } from '@ganwei/release/story';

/** Everything that is to be in force, and what each definition calls itself. */
export interface Content {
  definitions: readonly Definition[];
  /** by `kind/full key` */
  titles: ReadonlyMap<string, string>;
}

type StoryKey = Pick<StoryResult, 'app' | 'key'>;

/** A step that no act of a story answers. */
export interface Asked {
  /** `app.flow/node` */
  step: string;
  name: string;
  flow: string;
  who: readonly { id: string; name: string; unit: string }[];
  /** why what the story does there, or what was replied, is refused; null: nothing is done there yet */
  refused: Reason | null;
}

/** A story that was gone through again. */
export interface Rerecorded extends StoryKey {
  /** what differs from the story, by act, counted from 1 */
  lines: { n: number; act: Reason; told: Reason[] }[];
  asked: Asked | null;
  /** why it goes on no further */
  stuck: Reason | null;
  /** as it would be kept; null: it has not come to its end */
  text: string | null;
}

export interface StoryResult {
  app: string;
  key: string;
  /** null: everything came about as the story says; else at which act, counted from 0, and what was otherwise */
  broken: { act: number; reason: Reason } | null;
}

/** What a sandbox begins with that somebody plays in. */
export interface Opening extends Content {
  change: string;
  /** in which keys are written */
  app: string;
  people: 'directory' | 'story';
  cast: Cast;
  /** as whom one plays at first */
  as: string;
  /** the story whose people these are, as its application writes it */
  castOf: string | null;
  /** epoch milliseconds */
  begin: number;
  /** the text of a story that is gone through */
  script: string | null;
  /** it is gone through with these, up to the step that is asked about next */
  replies: readonly Reply[] | null;
  title: string;
}

type View = Answer<'openPlay'>;

/** How it stands; what is said of it is said in the language of whoever looks. */
export interface PlayState extends Omit<View, 'change' | 'base' | 'stuck' | 'acts' | 'unkept' | 'script' | 'people'> {
  stuck: readonly { step: string; why: string }[];
  acts: readonly Reason[];
  unkept: Reason | null;
  script:
    | (Omit<NonNullable<View['script']>, 'next' | 'differences'> & {
        next: Reason | null;
        differences: readonly Reason[];
      })
    | null;
}

/** What a sandbox that somebody plays in may be asked. */
export interface PlayCalls {
  state(): Promise<PlayState>;
  moveClock(to: string): Promise<PlayState>;
  /** those whose name, unit or id has these words in it */
  find(q: string): Promise<View['person'][]>;
  playAs(person: string): Promise<PlayState>;
  /** [PLAY7] Goes on from where `done` acts of the story are done; from anywhere else not. */
  next(asked: Pick<ParsedBody<'playNext'>, 'how' | 'done'>): Promise<PlayState>;
  /** The text of a story of what has been done. */
  story(about: { key: string; title: string; note: string }): Promise<string>;
  /** What was done at the step that is asked about; null: not yet. */
  reply(): Promise<Reply | null>;
}

export interface Play extends PlayCalls {
  readonly id: string;
  readonly change: string;
  readonly people: Opening['people'];
  /** where its pages are answered, on this machine alone */
  readonly socket: string;
  /** [PLAY6] Somebody is there. */
  used(): void;
}

export interface Sandboxes {
  /** Runs these stories, each in a sandbox of its own. Never throws for content. */
  run(content: Content, stories: readonly StoryKey[]): Promise<StoryResult[]>;
  /** Records these anew with the replies, each in a sandbox of its own. Never throws for content. */
  rerecord(content: Content, stories: readonly StoryKey[], replies: readonly Reply[]): Promise<Rerecorded[]>;
  /** Opens one for this person in the place of the one he had. Refused while too many are open. */
  open(owner: string, opening: Opening): Promise<Play>;
  of(owner: string): Play | undefined;
  end(owner: string): Promise<void>;
  close(): Promise<void>;
}
