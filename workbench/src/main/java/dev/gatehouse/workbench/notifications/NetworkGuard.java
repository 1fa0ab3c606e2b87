package dev.gatehouse.workbench.notifications;

import dev.gatehouse.workbench.platform.settings.Settings;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

/**
 * Keeps requests to addresses that people have entered out of the network that Gatehouse stands in: this machine, private and
 * link-local ranges, the metadata services of clouds. It is asked with the very addresses that a connection is then made to, so that
 * a name that means something else a moment later leads nowhere. An operator names hosts and networks that are allowed all the
 * same, in {@code gatehouse.notifications.allowed-destinations}.
 */
@Component
class NetworkGuard {

    /**
     * Special-purpose addresses that Java has no question for. Source: the IANA registries of special-purpose addresses (RFC 6890),
     * and for the last two the documentation of Azure and of Alibaba Cloud.
     */
    private static final List<Network> SPECIAL = networks(List.of(
            "0.0.0.0/8",
            "100.64.0.0/10",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "240.0.0.0/4",
            "fc00::/7",
            "64:ff9b:1::/48",
            "2001::/23",
            "2001:db8::/32",
            "100::/64",
            "168.63.129.16",
            "100.100.100.200"));

    private final List<String> allowedNames;
    private final List<Network> allowedNetworks;

    NetworkGuard(Settings settings) {
        var allowed = settings.notifications().allowedDestinations();
        this.allowedNetworks = networks(
                allowed.stream().filter(Settings.Notifications::isNetwork).toList());
        this.allowedNames = allowed.stream()
                .filter(name -> !Settings.Notifications.isNetwork(name))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static List<Network> networks(List<String> networks) {
        return networks.stream()
                .map(text -> new Network(new IpAddressMatcher(text), text.contains(":")))
                .toList();
    }

    /** The matcher compares bytes alone, and takes 64:ff9b:: for something in 0.0.0.0/8. */
    private record Network(IpAddressMatcher matcher, boolean isIpv6) {

        boolean has(InetAddress address) {
            return isIpv6 == address instanceof Inet6Address && matcher.matches(address.getHostAddress());
        }
    }

    /** A name leads into the own network, or anywhere else where no request may go. */
    static final class Forbidden extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        Forbidden(String message) {
            super(message);
        }
    }

    /**
     * The addresses that a name means now and that a connection may be made to.
     *
     * @throws Forbidden when there are only others
     * @throws UnknownHostException when there are none
     */
    InetAddress[] resolve(String host) throws UnknownHostException {
        var all = InetAddress.getAllByName(host);
        if (isAllowed(host)) {
            return all;
        }
        var allowed = Arrays.stream(all).filter(this::isAllowed).toArray(InetAddress[]::new);
        if (allowed.length == 0) {
            throw new Forbidden(
                    "%s leads to %s, which is in the network of Gatehouse itself or reserved. Whoever runs Gatehouse can allow it with gatehouse.notifications.allowed-destinations."
                            .formatted(host, all[0].getHostAddress()));
        }
        return allowed;
    }

    private boolean isAllowed(String host) {
        return allowedNames.contains(host.toLowerCase(Locale.ROOT));
    }

    private boolean isAllowed(InetAddress address) {
        return matches(allowedNetworks, address) || !isWithin(address);
    }

    private static boolean isWithin(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || matches(SPECIAL, address)
                || carriesOneWithin(address);
    }

    private static boolean matches(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.has(address));
    }

    /** IPv6 addresses that stand for an IPv4 address: mapped and compatible ones, NAT64 (RFC 6052) and 6to4 (RFC 3056). */
    private static boolean carriesOneWithin(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return false;
        }
        var bytes = address.getAddress();
        if (isZero(bytes, 0, 10) || isNat64(bytes)) {
            return isWithin(ipv4(bytes, 12));
        }
        return bytes[0] == 0x20 && bytes[1] == 0x02 && isWithin(ipv4(bytes, 2));
    }

    private static boolean isNat64(byte[] bytes) {
        return bytes[0] == 0
                && bytes[1] == 0x64
                && bytes[2] == (byte) 0xff
                && bytes[3] == (byte) 0x9b
                && isZero(bytes, 4, 12);
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (var at = from; at < to; at++) {
            if (bytes[at] != 0) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress ipv4(byte[] bytes, int at) {
        try {
            return Inet4Address.getByAddress(Arrays.copyOfRange(bytes, at, at + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }
}
