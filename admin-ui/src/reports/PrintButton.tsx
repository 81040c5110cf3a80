import PrintIcon from '@mui/icons-material/PrintOutlined';
import { Button, ListItemText, Menu, MenuItem } from '@mui/material';
import { useState } from 'react';
import { type Text, useSay } from '../words/say.ts';
import { PrintDialog } from './PrintDialog.tsx';

export interface Paper {
  kind: string;
  label: Text;
  hint?: Text;
  subjectId?: string;
  params?: Record<string, unknown>;
}

/** Papers that can be made of what is on the page; the page itself is the last choice. */
export function PrintButton({ papers }: { papers: Paper[] }) {
  const say = useSay();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [paper, setPaper] = useState<Paper | null>(null);
  const page = () => {
    setAnchor(null);
    setTimeout(() => window.print(), 150);
  };
  return (
    <>
      <Button
        variant="outlined"
        startIcon={<PrintIcon />}
        aria-haspopup="menu"
        className="no-print"
        onClick={(event) => (papers.length === 0 ? page() : setAnchor(event.currentTarget))}
      >
        {say('打印', 'Print')}
      </Button>
      <Menu anchorEl={anchor} open={Boolean(anchor)} onClose={() => setAnchor(null)}>
        {papers.map((one) => (
          <MenuItem
            key={one.kind}
            onClick={() => {
              setAnchor(null);
              setPaper(one);
            }}
          >
            <ListItemText primary={say(one.label)} secondary={one.hint ? say(one.hint) : undefined} />
          </MenuItem>
        ))}
        <MenuItem onClick={page}>
          <ListItemText
            primary={say('打印本页', 'This page')}
            secondary={say('带查看人水印', 'With the watermark of the viewer')}
          />
        </MenuItem>
      </Menu>
      {paper && <PrintDialog paper={paper} close={() => setPaper(null)} />}
    </>
  );
}
