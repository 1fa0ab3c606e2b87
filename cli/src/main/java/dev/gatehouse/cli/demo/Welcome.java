package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.demo.DemoPeople.SignIn;
import dev.gatehouse.cli.http.DataDirectory;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;

/** What the demo says when all is ready: where to go, who may sign in, and what can be typed into the forms. */
final class Welcome {

    private final PrintWriter out;

    Welcome(PrintWriter out) {
        this.out = out;
    }

    void print(URI url, List<SignIn> signIns) {
        out.println();
        out.println("Gatehouse is running. Open");
        out.println();
        out.println("    " + url);
        out.println();
        out.println("and sign in as one of these:");
        out.println();
        signIns.forEach(signIn -> out.printf(
                "    %-21s %-18s %-28s %s%n", signIn.title(), signIn.scope(), signIn.email(), signIn.password()));
        out.println();
        out.println("What to look at");
        out.println(
                "  Alerts            what the detection rules made of vendor alerts. Open one: what, who, where, when,");
        out.println("                    its timeline, how similar ones ended. Take it, investigate it, close it");
        out.println(
                "  Activity          one incident that was brought to its end, one under way, and an investigation,");
        out.println("                    each in another organization, with findings, questions and remediation");
        out.println("  Alert Analysis    how much came in, and what became of it, for each device; Time Metrics and");
        out.println("                    MITRE ATT&CK beside it say how fast, and what was seen");
        out.println("  Vendor alerts     what Microsoft sent, every version of it, and the alert that it belongs to");
        out.println("  Ctrl-K            finds accounts, hosts, cases, pages; ? shows the keys");
        out.println(
                "  Security Devices  how each tenant and its feeds are doing. Fabrikam XDR shows the vendor alerts");
        out.println("                    of all products of the directory that Fabrikam reads for one product");
        out.println("  All organizations above the menu: look at one customer only");
        out.println("  a second terminal ./gatehouse device list    ./gatehouse alerts --severity high");
        out.println();
    }

    /** The values for "Add Security Device" of a tenant that no device reads yet. */
    void prepared(SimulatedTenant tenant) {
        out.printf("To add a security device yourself, take %s, a tenant with an application:%n", tenant.name());
        out.printf("    Directory ID      %s%n", tenant.directoryId());
        out.printf("    Application ID    %s%n", tenant.applicationId());
        out.printf("    Client secret     %s%n", tenant.clientSecret());
        out.println();
    }

    /** The values for the set-up guide of a tenant in which nothing is prepared. */
    void empty(SimulatedTenant tenant) {
        out.printf("To set up a customer with the guide, take %s, a tenant without anything:%n", tenant.name());
        out.printf("    Directory ID      %s%n", tenant.directoryId());
        out.println("    Organization GUID Generate makes one, and with it a new organization");
        out.printf(
                "    \"Do it for me\" shows a code. On the page behind it, sign in as %s.%n", tenant.administrator());
        out.println(
                "    When the demo ends, the simulated cloud forgets what was made there; the guide makes it again.");
        out.println();
    }

    void end(DataDirectory directory) {
        out.printf("Attack stories go on while this runs. Data, logs and passwords are in %s%n", directory.path());
        out.println("Ctrl-C stops everything; the next ./gatehouse demo goes on from there.");
        out.flush();
    }
}
