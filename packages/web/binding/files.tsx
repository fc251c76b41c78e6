/**
 * Owns attachments: choosing, dropping, progress, refusal, removing, and the list of links where they may only be read.
 * The value holds finished uploads only; a form with a running upload is not ready to be submitted.
 */

import { CloseOutlined, UploadOutlined } from '@ant-design/icons';
import type { Field } from '@formily/core';
import { useField } from '@formily/react';
import type { StoredFile } from '@ganwei/form/model';
import { Button } from 'antd';
import { type DragEvent, useRef, useState } from 'react';
import { type ControlProps, control, type ReadProps } from './control.tsx';
import { say } from './texts.ts';

export const Files = control<StoredFile[]>(FileBox, FileLinks);

interface Upload {
  key: number;
  name: string;
  /** 0 to 1, or the reason why it failed */
  progress: number | string;
}

function FileBox(shared: ControlProps<StoredFile[]>) {
  const { value = [], onChange, aria, labelId, page, props } = shared;
  const target = useField<Field>();
  const input = useRef<HTMLInputElement>(null);
  const { uploads, start, drop } = useUploads(shared, target);
  const accept = String(props.accept ?? '');
  const take = (list: FileList | null) => start([...(list ?? [])]);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    take(event.dataTransfer.files);
  };
  const hint = { count: Number(props.maxCount), size: Number(props.maxSize), types: accept.replaceAll(',', '、') };
  return (
    <fieldset
      className="gw-bare gw-files"
      aria-labelledby={labelId}
      aria-label={aria['aria-label']}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
    >
      <input
        ref={input}
        className="gw-hidden"
        type="file"
        multiple={Number(props.maxCount) > 1}
        accept={accept
          .split(/[,\s]+/)
          .filter(Boolean)
          .map((one) => `.${one.replace(/^\./, '')}`)
          .join(',')}
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
      <Button
        id={aria.id}
        aria-describedby={aria['aria-describedby']}
        icon={<UploadOutlined />}
        onClick={() => input.current?.click()}
      >
        {say(page.language, 'upload')}
      </Button>
      <span className="gw-help">{say(page.language, 'uploadHint', hint)}</span>
      <ul className="gw-file-list" aria-live="polite">
        {value.map((file) => (
          <li key={file.id}>
            <FileLink file={file} url={page.sources.fileUrl(file.id)} />
            <Button
              size="small"
              type="text"
              danger
              aria-label={say(page.language, 'removeFile', { name: file.name })}
              onClick={() => onChange(left(value, file.id))}
              icon={<CloseOutlined />}
            />
          </li>
        ))}
        {uploads.map((upload) => (
          <li key={upload.key} className={typeof upload.progress === 'string' ? 'gw-file-failed' : undefined}>
            <span>{upload.name}</span>
            {typeof upload.progress === 'number' ? (
              <progress value={upload.progress} max={1} aria-label={upload.name} />
            ) : (
              <span className="gw-error">{upload.progress}</span>
            )}
            <Button
              size="small"
              type="text"
              aria-label={say(page.language, 'cancelUpload', { name: upload.name })}
              onClick={() => drop(upload.key)}
              icon={<CloseOutlined />}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

const left = (files: readonly StoredFile[], id: string): StoredFile[] | undefined => {
  const rest = files.filter((file) => file.id !== id);
  return rest.length > 0 ? rest : undefined;
};

/** Runs the uploads of one field; each finished file is appended to whatever the value is by then. */
function useUploads({ onChange, page }: ControlProps<StoredFile[]>, target: Field) {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const next = useRef(0);
  const dropped = useRef(new Set<number>());
  const path = target.path.toString();
  const count = (change: number) => {
    page.state.uploads[path] = Math.max(0, (page.state.uploads[path] ?? 0) + change);
  };
  const update = (key: number, progress: number | string) =>
    setUploads((list) => list.map((one) => (one.key === key ? { ...one, progress } : one)));
  const drop = (key: number) => {
    dropped.current.add(key);
    setUploads((list) => list.filter((one) => one.key !== key));
  };
  const run = async (file: File) => {
    const key = ++next.current;
    setUploads((list) => [...list, { key, name: file.name, progress: 0 }]);
    count(1);
    try {
      const stored = await page.sources.uploadFile(file, (share) => update(key, share));
      if (dropped.current.has(key)) return;
      drop(key);
      const present = (target.value ?? []) as StoredFile[];
      onChange([...present.filter((one) => one.id !== stored.id), stored]);
    } catch (error) {
      update(key, error instanceof Error && error.message ? error.message : say(page.language, 'uploadFailed'));
    } finally {
      count(-1);
    }
  };
  return { uploads, drop, start: (files: readonly File[]) => files.forEach((file) => void run(file)) };
}

function FileLinks({ value, page, state }: ReadProps) {
  const files = Array.isArray(value) ? (value as StoredFile[]) : [];
  if (files.length === 0) return <div className="gw-read gw-empty">{say(page.language, 'empty')}</div>;
  return (
    <ul className="gw-file-list" aria-labelledby={state.labelId} aria-label={state.aria['aria-label']}>
      {files.map((file) => (
        <li key={file.id}>
          <FileLink file={file} url={page.sources.fileUrl(file.id)} />
        </li>
      ))}
    </ul>
  );
}

function FileLink({ file, url }: { file: StoredFile; url: string }) {
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {file.name}
      <span className="gw-detail">{sizeText(file.size)}</span>
    </a>
  );
}

/** 1536 -> 1.5 KB */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kilo = bytes / 1024;
  return kilo < 1024 ? `${kilo.toFixed(1)} KB` : `${(kilo / 1024).toFixed(1)} MB`;
}
