import { Card } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Failure, Waiting } from '../layout/states.tsx';
import { api } from '../providers/http.ts';
import { useVocabulary } from '../vocabulary/Vocabulary.tsx';
import { ChainMap } from './ChainMap.tsx';
import { readChain } from './read.ts';

/** Reads the chain of a record and draws it. */
export function ChainCard({ plural, id }: { plural: string; id: string }) {
  const vocabulary = useVocabulary();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['chain', plural, id],
    queryFn: () => api<unknown>(`/${plural}/${id}/chain`),
  });
  if (error)
    return (
      <Card>
        <Failure error={error} retry={() => void refetch()} />
      </Card>
    );
  if (isPending)
    return (
      <Card>
        <Waiting rows={1} height={120} />
      </Card>
    );
  const columns = readChain(data, vocabulary);
  return columns.some((column) => column.nodes.length > 0) ? <ChainMap columns={columns} here={id} /> : null;
}
