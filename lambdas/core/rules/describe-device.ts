/** Devices as answers show them. */
import type { Device } from '../model/device.ts';

interface Attribute {
  readonly Name: string;
  readonly Value: string;
}

/** As `DeviceType` of the API. */
export interface DescribedDevice {
  readonly DeviceKey: string;
  readonly DeviceAttributes: Attribute[];
  readonly DeviceCreateDate: number;
  readonly DeviceLastModifiedDate: number;
  readonly DeviceLastAuthenticatedDate: number;
}

/** To the person whose device it is. */
export const describeDevice = (device: Device): DescribedDevice => described(device, {});

/** To an administrator. */
export const describeDeviceFully = (device: Device): DescribedDevice =>
  described(device, { 'dev:device_remembered_status': device.remembered ? 'remembered' : 'not_remembered' });

const described = (device: Device, more: Readonly<Record<string, string>>): DescribedDevice => ({
  DeviceKey: device.key,
  DeviceAttributes: attributesOf({
    device_status: 'valid',
    device_name: device.name,
    last_ip_used: device.lastAddress,
    ...more,
  }),
  DeviceCreateDate: device.createdAt,
  DeviceLastModifiedDate: device.modifiedAt,
  DeviceLastAuthenticatedDate: device.authenticatedAt,
});

const attributesOf = (values: Readonly<Record<string, string | undefined>>): Attribute[] =>
  Object.entries(values).flatMap(([Name, Value]) => (Value === undefined ? [] : [{ Name, Value }]));
