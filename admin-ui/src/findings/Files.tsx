import UploadIcon from '@mui/icons-material/AttachFileOutlined';
import { Alert, Box, Button, Chip, Link, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { sentenceOf } from '../providers/http.ts';
import { useSay } from '../words/say.ts';
import { type Attachment, attachmentAddress, uploadAttachment } from './attachments.ts';

export const filesOf = (value: unknown): string[] => {
  const files = (value as { files?: unknown } | null | undefined)?.files;
  return Array.isArray(files)
    ? files.map((one) => (typeof one === 'string' ? one : String((one as { id?: string }).id ?? '')))
    : [];
};

/** Files of an answer: pictures as pictures, the rest by name. */
export function Files({ files }: { files: Attachment[] }) {
  if (files.length === 0) return null;
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', mt: 1.5 }}>
      {files.map((file) => (
        <Link
          key={file.id}
          href={attachmentAddress(file.id)}
          target="_blank"
          rel="noopener"
          sx={{ display: 'block', border: 1, borderColor: 'divider', borderRadius: 1, p: 1, maxWidth: 200 }}
        >
          {file.type.startsWith('image/') && (
            <Box
              component="img"
              src={attachmentAddress(file.id)}
              alt={file.name}
              sx={{ display: 'block', maxWidth: 180, maxHeight: 120, mb: 0.5 }}
            />
          )}
          <Typography variant="caption" noWrap component="p">
            {file.name}
          </Typography>
        </Link>
      ))}
    </Box>
  );
}

const most = 10;

/** Up to ten files of an explanation or a rectification; each is uploaded when chosen. */
export function FilesInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
}) {
  const say = useSay();
  const [known, setKnown] = useState<Attachment[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const ids = filesOf(value);
  const add = async (files: FileList | null) => {
    if (!files?.length) return;
    setBusy(true);
    setProblem('');
    try {
      const added = await Promise.all([...files].slice(0, most - ids.length).map(uploadAttachment));
      setKnown([...known, ...added]);
      onChange({ files: [...ids, ...added.map((one) => one.id)] });
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  const drop = (id: string) => onChange(ids.length > 1 ? { files: ids.filter((one) => one !== id) } : null);
  return (
    <Box>
      {problem && (
        <Alert severity="warning" sx={{ mb: 1 }}>
          {problem}
        </Alert>
      )}
      <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
        <Button component="label" variant="outlined" startIcon={<UploadIcon />} disabled={busy || ids.length >= most}>
          {busy ? say('正在上传…', 'Uploading…') : label}
          <input
            type="file"
            hidden
            multiple
            accept="image/jpeg,image/png,image/webp,application/pdf,.docx,.xlsx"
            onChange={(event) => {
              void add(event.target.files);
              event.target.value = '';
            }}
          />
        </Button>
        <Typography variant="caption" color="text.secondary">
          {say(`照片、扫描件，不超过 ${most} 个`, `Photos and scans, ${most} at most`)}
        </Typography>
        {ids.map((id) => (
          <Chip
            key={id}
            size="small"
            label={known.find((one) => one.id === id)?.name ?? say('附件', 'File')}
            onDelete={() => drop(id)}
          />
        ))}
      </Stack>
    </Box>
  );
}
