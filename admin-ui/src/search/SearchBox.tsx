import SearchIcon from '@mui/icons-material/Search';
import { InputBase } from '@mui/material';
import { alpha } from '@mui/material/styles';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useSay } from '../words/say.ts';

/** Search over everything by number or name; the key / jumps here. */
export function SearchBox() {
  const say = useSay();
  const navigate = useNavigate();
  const [q, setQ] = useState('');
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const jump = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      box.current?.focus();
    };
    window.addEventListener('keydown', jump);
    return () => window.removeEventListener('keydown', jump);
  }, []);
  return (
    <search style={{ flex: '0 1 440px', minWidth: 90 }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (q.trim()) navigate(`/search?q=${encodeURIComponent(q.trim())}`);
        }}
      >
        <InputBase
          fullWidth
          value={q}
          onChange={(event) => setQ(event.target.value)}
          inputRef={box}
          startAdornment={<SearchIcon fontSize="small" sx={{ mr: 1, opacity: 0.8 }} />}
          placeholder={say('查编号、姓名、单位、案由（按 / 键）', 'Search numbers and names (press /)')}
          inputProps={{ 'aria-label': say('全局查询', 'Search everything'), maxLength: 100 }}
          sx={{
            color: '#fff',
            bgcolor: alpha('#ffffff', 0.12),
            borderRadius: 1,
            px: 1.5,
            height: 36,
            fontSize: 14,
            '&:hover': { bgcolor: alpha('#ffffff', 0.18) },
            '&.Mui-focused': { bgcolor: alpha('#ffffff', 0.2), outline: '2px solid #9fc3ef' },
            '& input::placeholder': { color: '#c4d3e6', opacity: 1 },
          }}
        />
      </form>
    </search>
  );
}
