package dev.gatehouse.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Calls Graph in one tenant, with a token that the tenant's application got by its secret. */
public final class GraphCaller {

    private final HttpCaller caller;
    private final URI graph;
    private final String token;

    public GraphCaller(HttpCaller caller, Simulator simulator, SimulatedTenant tenant)
            throws IOException, InterruptedException {
        this.caller = caller;
        this.graph = simulator.graph();
        this.token = caller.token(tenant);
    }

    /** A request to a path below {@code /v1.0/security/}, with blanks allowed in it. */
    public HttpRequest.Builder request(String path) {
        return absolute(URI.create(graph + "/v1.0/security/" + path.replace(" ", "%20")));
    }

    private HttpRequest.Builder absolute(URI uri) {
        return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token);
    }

    /** Sends a GET. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return caller.send(request(path));
    }

    /** Sends a GET to an address that the cloud gave out. */
    public HttpResponse<String> follow(String link) throws IOException, InterruptedException {
        return caller.send(absolute(URI.create(link)));
    }

    /** Runs a hunting query. */
    public HttpResponse<String> hunt(String body) throws IOException, InterruptedException {
        return caller.send(request("runHuntingQuery")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** The ids of a list, page after page, in the order in which they came. */
    public List<String> idsOfAllPages(String path) throws IOException, InterruptedException {
        var ids = new ArrayList<String>();
        var page = HttpCaller.json(get(path));
        while (true) {
            ids.addAll(ids(page));
            var link = page.path("@odata.nextLink").asString("");
            if (link.isEmpty()) {
                return ids;
            }
            page = HttpCaller.json(follow(link));
        }
    }

    /** The ids of one page. */
    public static List<String> ids(JsonNode page) {
        var ids = new ArrayList<String>();
        page.path("value").forEach(record -> ids.add(record.path("id").asString()));
        return ids;
    }
}
