import simpleRestProvider from 'ra-data-simple-rest';
import type { DataProvider } from 'react-admin';
import { httpClient } from './http.ts';

/** react-admin's stock provider over our client. Changes go through verbs (subjects/steps.ts), never through `update`. */
export const dataProvider: DataProvider = simpleRestProvider('/api', httpClient);
