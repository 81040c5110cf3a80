import { Box, ButtonBase, type Theme, Typography, useMediaQuery } from '@mui/material';
import type { ReactNode } from 'react';
import { useListContext } from 'react-admin';
import { Link } from 'react-router-dom';
import { recordPath } from '../layout/links.ts';
import type { SubjectRecord } from '../subjects/record.ts';

export const usePhone = (): boolean => useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));

interface Row {
  title: string;
  sub: string;
  tags: ReactNode;
}

/** A list on a phone: a row is a card under the thumb, not a squeezed table. */
export function PhoneRows({ row }: { row: (record: SubjectRecord) => Row }) {
  const { data = [], resource } = useListContext<SubjectRecord>();
  return data.map((record) => {
    const { title, sub, tags } = row(record);
    return (
      <ButtonBase
        key={record.id}
        component={Link}
        to={recordPath(resource, record.id)}
        sx={{
          display: 'block',
          width: '100%',
          textAlign: 'left',
          px: 2,
          py: 1.5,
          borderBottom: 1,
          borderColor: 'divider',
        }}
      >
        <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{title}</Typography>
        <Typography
          variant="body2"
          color="text.secondary"
          sx={{ display: '-webkit-box', WebkitLineClamp: 3, WebkitBoxOrient: 'vertical', overflow: 'hidden' }}
        >
          {sub}
        </Typography>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5, mt: 0.75 }}>{tags}</Box>
      </ButtonBase>
    );
  });
}
