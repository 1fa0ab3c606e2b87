package dev.gatehouse.simulator.world;

import java.util.List;
import java.util.stream.IntStream;

/** Where pretend tenants come from. */
public final class World {

    /** Microsoft's own names for companies that do not exist. */
    private static final List<String> COMPANIES = List.of(
            "Contoso",
            "Fabrikam",
            "Northwind Traders",
            "Adventure Works",
            "Tailspin Toys",
            "Woodgrove Bank",
            "Wide World Importers",
            "Litware",
            "Proseware",
            "Alpine Ski House",
            "Blue Yonder Airlines",
            "City Power and Light",
            "Coho Vineyard",
            "Consolidated Messenger",
            "Fourth Coffee",
            "Graphic Design Institute",
            "Humongous Insurance",
            "Lamna Healthcare",
            "Lucerne Publishing",
            "Margie's Travel",
            "Relecloud",
            "School of Fine Art",
            "Southridge Video",
            "Trey Research",
            "VanArsdel",
            "Wingtip Toys");

    private World() {}

    /** What Defender shows of the tenant of that plan. */
    public static SimulatedDefender defender(TenantPlan plan) {
        return new SimulatedDefender(plan);
    }

    /** So many different company names: Contoso, Fabrikam, …, and then Contoso 2, Fabrikam 2, …. */
    public static List<String> companyNames(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    var company = COMPANIES.get(i % COMPANIES.size());
                    var round = i / COMPANIES.size() + 1;
                    return round == 1 ? company : company + " " + round;
                })
                .toList();
    }
}
