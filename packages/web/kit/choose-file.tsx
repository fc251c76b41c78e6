/** Owns the button that takes a file: it says in the reader's language what it takes, where the browser would speak its own. */

interface ChooseFileProps {
  label: string;
  /** endings and types, as the input of HTML has them */
  accept: string;
  /** the same file may be chosen again */
  onChoose(file: File): void;
}

export function ChooseFile({ label, accept, onChoose }: ChooseFileProps) {
  return (
    <label className="choose-file">
      {label}
      <input
        type="file"
        accept={accept}
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = '';
          if (file) onChoose(file);
        }}
      />
    </label>
  );
}
