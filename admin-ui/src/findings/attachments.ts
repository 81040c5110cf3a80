import { api } from '../providers/http.ts';

export interface Attachment {
  id: string;
  name: string;
  type: string;
  size: number;
}

export const attachmentAddress = (id: string): string => `/api/attachments/${id}`;

/** Sends the bytes as they are; name and type travel in the query. */
export const uploadAttachment = (file: File): Promise<Attachment> =>
  api<Attachment>(`/attachments?name=${encodeURIComponent(file.name)}&type=${encodeURIComponent(file.type)}`, {
    method: 'POST',
    body: new Blob([file], { type: file.type }),
  });
