import { type LookupAddress, lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { ToolError } from "../../src/core/errors.ts";

const PRIVATE_IPV4 =
  "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3";
/** Of IPv6 only global unicast is public; within it, what carries an IPv4 address inside is not. */
const PRIVATE_IPV6 = "::/3 4000::/2 8000::/1 2001::/32 2001:db8::/32 2002::/16";

/** One list for each family: a list of both would match every IPv4 address against the IPv6 ranges. */
const privateAddresses = {
  ipv4: blockList(PRIVATE_IPV4, "ipv4"),
  ipv6: blockList(PRIVATE_IPV6, "ipv6"),
};

function blockList(ranges: string, family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const range of ranges.split(" ")) {
    const [network = "", bits] = range.split("/");
    list.addSubnet(network, Number(bits), family);
  }
  return list;
}

/** Whether an IP address is one of the public internet: not of this machine, a private network, or a special range. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  const kind = family === 6 ? "ipv6" : "ipv4";
  return family !== 0 && !privateAddresses[kind].check(address, kind);
}

/**
 * Looks a host up for a connection and refuses it when any of its addresses is not public. The connection goes to the
 * very address that was checked, so that a second answer of the name server changes nothing.
 */
export const publicLookup: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
    const [first] = found ?? [];
    if (error !== null || first === undefined) {
      callback(error ?? new ToolError(`${host} has no address`), []);
      return;
    }
    const hidden = found.find(({ address }) => !isPublicAddress(address));
    if (hidden !== undefined) {
      callback(new ToolError(`${host} is at ${hidden.address}, which is no public address`), []);
      return;
    }
    if (options.all) callback(null, found);
    else callback(null, first.address, first.family);
  });
};
