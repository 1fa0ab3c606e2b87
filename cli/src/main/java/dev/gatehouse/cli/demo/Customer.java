package dev.gatehouse.cli.demo;

import java.util.List;

/**
 * An organization of the demo.
 *
 * @param name what people call it
 * @param shortName the prefix of its case numbers
 * @param region where it is
 * @param sites its tenants in the simulated cloud, each read by a device
 */
record Customer(String name, String shortName, String region, List<Site> sites) {

    /** A tenant of the simulated cloud, and where the customer says that it is. */
    record Site(String company, String location) {}

    private static final Customer CONTOSO = new Customer(
            "Contoso Group",
            "CONTOSO",
            "Western Europe",
            List.of(new Site("Contoso", "Dublin"), new Site("Adventure Works", "Lisbon")));

    /** The one whose directory is read for Microsoft Defender XDR, too. */
    static final Customer FABRIKAM =
            new Customer("Fabrikam", "FABRIKAM", "North America", List.of(new Site("Fabrikam", "Chicago")));

    private static final Customer NORTHWIND = new Customer(
            "Northwind Traders", "NORTHWIND", "Asia Pacific", List.of(new Site("Northwind Traders", "Singapore")));

    static final List<Customer> ALL = List.of(CONTOSO, FABRIKAM, NORTHWIND);

    /** A company whose tenant is prepared and not connected yet: what somebody types into the form works. */
    static final String PREPARED = "Tailspin Toys";

    Customer {
        sites = List.copyOf(sites);
    }
}
