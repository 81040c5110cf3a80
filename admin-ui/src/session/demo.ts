import { useQuery } from '@tanstack/react-query';
import { api } from '../providers/http.ts';

export interface DemoAccount {
  login: string;
  password: string;
  name: string;
  role: string;
  unit: string;
}

interface Demo {
  demonstration: boolean;
  accounts: DemoAccount[];
}

/** Whether the database is a demonstration, and the accounts it offers; a production server says no and tells none. */
export const useDemo = () =>
  useQuery({
    queryKey: ['demo'],
    queryFn: () => api<Demo>('/demo'),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
