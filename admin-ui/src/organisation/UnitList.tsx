import AddIcon from '@mui/icons-material/Add';
import { Box, Button, Card, Table, TableBody, TableCell, TableRow } from '@mui/material';
import { useState } from 'react';
import { HeadRow } from '../layout/HeadRow.tsx';
import { PageTitle } from '../layout/PageTitle.tsx';
import { Waiting } from '../layout/states.tsx';
import { useMay } from '../providers/session.ts';
import { type Unit, useUnits } from '../subjects/pickers.tsx';
import { useSay } from '../words/say.ts';
import { FormDialog } from './FormDialog.tsx';
import { unitFacts } from './facts.ts';

/** The unit tree: city bureau, county bureaus and branches, stations and centres. */
export function UnitList() {
  const say = useSay();
  const may = useMay();
  const units = useUnits();
  const [open, setOpen] = useState<Unit | 'new' | null>(null);
  const kind = (unit: Unit) =>
    unitFacts.find((fact) => fact.name === 'kind')?.options.find((option) => option.code === unit.kind)?.label;
  const area = (unit: Unit) =>
    unitFacts.find((fact) => fact.name === 'area')?.options.find((option) => option.code === unit.area)?.label;
  const tree = inTreeOrder(units);
  return (
    <>
      <PageTitle title={say('单位', 'Units')} hint={say(`共 ${units.length} 个`, `${units.length} units`)}>
        {may('unit.create') && (
          <Button variant="contained" startIcon={<AddIcon />} onClick={() => setOpen('new')}>
            {say('新建单位', 'New unit')}
          </Button>
        )}
      </PageTitle>
      <Card>
        {units.length === 0 ? (
          <Waiting rows={8} />
        ) : (
          <Table size="small">
            <HeadRow
              labels={[
                ['单位名称', 'Name'],
                ['简称', 'Short'],
                ['单位代码', 'Code'],
                ['类型', 'Kind'],
                ['区域', 'Area'],
                ['', ''],
              ]}
            />
            <TableBody>
              {tree.map((unit) => {
                const depth = Math.max(0, unit.path.length - 1);
                return (
                  <TableRow key={unit.id} hover>
                    <TableCell>
                      <Box sx={{ pl: depth * 3, fontWeight: depth < 2 ? 600 : 400 }}>{unit.name}</Box>
                    </TableCell>
                    <TableCell>{unit.short}</TableCell>
                    <TableCell>{unit.code}</TableCell>
                    <TableCell>{kind(unit) ? say(kind(unit) ?? { zh: '', en: '' }) : ''}</TableCell>
                    <TableCell>{area(unit) ? say(area(unit) ?? { zh: '', en: '' }) : ''}</TableCell>
                    <TableCell align="right">
                      {may('unit.change') && <Button onClick={() => setOpen(unit)}>{say('修改', 'Change')}</Button>}
                    </TableCell>
                  </TableRow>
                );
              })}
            </TableBody>
          </Table>
        )}
      </Card>
      {open && (
        <FormDialog
          title={open === 'new' ? say('新建单位', 'New unit') : say('修改单位', 'Change a unit')}
          facts={unitFacts}
          required={['code', 'name', 'short', 'kind']}
          start={open === 'new' ? {} : { ...open }}
          path={open === 'new' ? '/units' : `/units/${open.id}`}
          method={open === 'new' ? 'POST' : 'PUT'}
          close={() => setOpen(null)}
        />
      )}
    </>
  );
}

/** Each unit right below the one it belongs to, in the order of the codes. */
function inTreeOrder(units: Unit[]): Unit[] {
  const below = (parent: number | null): Unit[] =>
    units.filter((unit) => unit.parentId === parent).flatMap((unit) => [unit, ...below(unit.id)]);
  const roots = below(null);
  return roots.length === units.length ? roots : units;
}
