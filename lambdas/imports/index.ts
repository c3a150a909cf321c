/** Users imported from CSV files. */
import type { Operations } from '../core/contract/operation.ts';
import { CreateUserImportJob } from './operations/CreateUserImportJob.ts';
import { DescribeUserImportJob } from './operations/DescribeUserImportJob.ts';
import { GetCSVHeader } from './operations/GetCSVHeader.ts';
import { ListUserImportJobs } from './operations/ListUserImportJobs.ts';
import { StartUserImportJob } from './operations/StartUserImportJob.ts';
import { StopUserImportJob } from './operations/StopUserImportJob.ts';

export const imports = {
  CreateUserImportJob,
  DescribeUserImportJob,
  GetCSVHeader,
  ListUserImportJobs,
  StartUserImportJob,
  StopUserImportJob,
} satisfies Operations;
