/** Owns signing: a button that asks the source to sign as the present person, and the signature as it is read afterwards. */
import { dateText } from '@ganwei/form/office';
import { Button } from 'antd';
import { useState } from 'react';
import { type ControlProps, control, type ReadProps } from './control.tsx';
import type { SignatureValue } from './sources.ts';
import { say } from './texts.ts';

export const Signature = control<SignatureValue>(Sign, ({ value, page }: ReadProps) =>
  value ? (
    <div className="gw-read">
      <Signed value={value as SignatureValue} page={page} />
    </div>
  ) : (
    <div className="gw-read gw-empty">{say(page.language, 'empty')}</div>
  ),
);

function Sign({ value, onChange, aria, labelId, page, props }: ControlProps<SignatureValue>) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const sign = async () => {
    setBusy(true);
    setFailure('');
    try {
      onChange(await page.sources.signNow());
    } catch (error) {
      setFailure(error instanceof Error && error.message ? error.message : say(page.language, 'signFailed'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <fieldset className="gw-bare gw-signature" aria-labelledby={labelId} aria-label={aria['aria-label']}>
      {typeof props.text === 'string' && <div className="gw-help">{props.text}</div>}
      {value && <Signed value={value} page={page} />}
      <Button id={aria.id} aria-describedby={aria['aria-describedby']} loading={busy} onClick={sign}>
        {say(page.language, value ? 'signAgain' : 'sign')}
      </Button>
      {failure && (
        <span className="gw-error" role="alert">
          {failure}
        </span>
      )}
    </fieldset>
  );
}

function Signed({ value, page }: { value: SignatureValue; page: ReadProps['page'] }) {
  const picture = value.image?.startsWith('data:image/png;base64,') ? value.image : undefined;
  return (
    <span className="gw-signed">
      {picture ? <img src={picture} alt={value.name} /> : <strong>{value.name}</strong>}
      <span className="gw-detail">{dateText(value.at)}</span>
      {value.sha256 && (
        <span className="gw-detail" title={value.sha256}>
          {say(page.language, 'signedHash')} {value.sha256.slice(0, 12)}
        </span>
      )}
    </span>
  );
}
