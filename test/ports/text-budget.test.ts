/** The contract of the budget of texts, kept by the DynamoDB adapter. */
import { textBudget } from '../../lambdas/adapters/dynamodb/text-budget.ts';
import { testTable } from '../support/table.ts';
import { textBudgetContract } from './text-budget.contract.ts';

textBudgetContract('textBudget', (clock, limits) =>
  textBudget({ table: testTable(), clock, ...(limits !== undefined && { limits }) }),
);
