import { Box } from '@mui/material';
import { useDemo } from '../session/demo.ts';
import { useSay } from '../words/say.ts';

/** Every page of a demonstration database says so. */
export function DemonstrationBanner() {
  const say = useSay();
  if (!useDemo().data?.demonstration) return null;
  return (
    <Box
      role="note"
      sx={{
        bgcolor: '#fbf4df',
        color: '#6a4b00',
        borderBottom: '1px solid #ecdcae',
        px: 3,
        py: 0.5,
        fontSize: 13,
        textAlign: 'center',
      }}
    >
      {say('演示数据，人物、单位均为虚构', 'Demonstration data: all people and units are invented')}
    </Box>
  );
}
