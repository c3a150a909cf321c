/** What an administrator does to one user, and how users are found. */
import type { Operations } from '../core/contract/operation.ts';
import { AdminConfirmSignUp } from './operations/AdminConfirmSignUp.ts';
import { AdminCreateUser } from './operations/AdminCreateUser.ts';
import { AdminDeleteSoftwareToken } from './operations/AdminDeleteSoftwareToken.ts';
import { AdminDeleteUser } from './operations/AdminDeleteUser.ts';
import { AdminDeleteUserAttributes } from './operations/AdminDeleteUserAttributes.ts';
import { AdminDisableUser } from './operations/AdminDisableUser.ts';
import { AdminEnableUser } from './operations/AdminEnableUser.ts';
import { AdminForgetDevice } from './operations/AdminForgetDevice.ts';
import { AdminGetDevice } from './operations/AdminGetDevice.ts';
import { AdminGetUser } from './operations/AdminGetUser.ts';
import { AdminGetUserAuthFactors } from './operations/AdminGetUserAuthFactors.ts';
import { AdminListDevices } from './operations/AdminListDevices.ts';
import { AdminListUserAuthEvents } from './operations/AdminListUserAuthEvents.ts';
import { AdminListUserSessions } from './operations/AdminListUserSessions.ts';
import { AdminResetUserPassword } from './operations/AdminResetUserPassword.ts';
import { AdminRevokeUserSession } from './operations/AdminRevokeUserSession.ts';
import { AdminSetUserMFAPreference } from './operations/AdminSetUserMFAPreference.ts';
import { AdminSetUserPassword } from './operations/AdminSetUserPassword.ts';
import { AdminSetUserSettings } from './operations/AdminSetUserSettings.ts';
import { AdminUpdateAuthEventFeedback } from './operations/AdminUpdateAuthEventFeedback.ts';
import { AdminUpdateDeviceStatus } from './operations/AdminUpdateDeviceStatus.ts';
import { AdminUpdateUserAttributes } from './operations/AdminUpdateUserAttributes.ts';
import { AdminUserGlobalSignOut } from './operations/AdminUserGlobalSignOut.ts';
import { ListUsers } from './operations/ListUsers.ts';
import { UpdateAuthEventFeedback } from './operations/UpdateAuthEventFeedback.ts';

export const users = {
  AdminConfirmSignUp,
  AdminCreateUser,
  AdminDeleteSoftwareToken,
  AdminDeleteUser,
  AdminDeleteUserAttributes,
  AdminDisableUser,
  AdminEnableUser,
  AdminForgetDevice,
  AdminGetDevice,
  AdminGetUser,
  AdminGetUserAuthFactors,
  AdminListDevices,
  AdminListUserAuthEvents,
  AdminListUserSessions,
  AdminResetUserPassword,
  AdminRevokeUserSession,
  AdminSetUserMFAPreference,
  AdminSetUserPassword,
  AdminSetUserSettings,
  AdminUpdateAuthEventFeedback,
  AdminUpdateDeviceStatus,
  AdminUpdateUserAttributes,
  AdminUserGlobalSignOut,
  ListUsers,
  UpdateAuthEventFeedback,
} satisfies Operations;
