/** How the sign-in pages look and which terms they show. */
import type { Operations } from '../core/contract/operation.ts';
import { CreateManagedLoginBranding } from './operations/CreateManagedLoginBranding.ts';
import { CreateTerms } from './operations/CreateTerms.ts';
import { DeleteManagedLoginBranding } from './operations/DeleteManagedLoginBranding.ts';
import { DeleteTerms } from './operations/DeleteTerms.ts';
import { DescribeManagedLoginBranding } from './operations/DescribeManagedLoginBranding.ts';
import { DescribeManagedLoginBrandingByClient } from './operations/DescribeManagedLoginBrandingByClient.ts';
import { DescribeTerms } from './operations/DescribeTerms.ts';
import { DescribeTermsByClient } from './operations/DescribeTermsByClient.ts';
import { GetUICustomization } from './operations/GetUICustomization.ts';
import { ListTerms } from './operations/ListTerms.ts';
import { SetUICustomization } from './operations/SetUICustomization.ts';
import { UpdateManagedLoginBranding } from './operations/UpdateManagedLoginBranding.ts';
import { UpdateTerms } from './operations/UpdateTerms.ts';

export const branding = {
  CreateManagedLoginBranding,
  CreateTerms,
  DeleteManagedLoginBranding,
  DeleteTerms,
  DescribeManagedLoginBranding,
  DescribeManagedLoginBrandingByClient,
  DescribeTerms,
  DescribeTermsByClient,
  GetUICustomization,
  ListTerms,
  SetUICustomization,
  UpdateManagedLoginBranding,
  UpdateTerms,
} satisfies Operations;
