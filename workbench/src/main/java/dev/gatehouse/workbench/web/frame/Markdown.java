package dev.gatehouse.workbench.web.frame;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.UrlSanitizer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * Markdown as HTML that is safe in our pages, whoever wrote it: HTML in it is shown as text, links lead only to {@code http},
 * {@code https} and {@code mailto} and tell nobody where they were followed from, and images are links, since a picture that
 * is fetched tells its owner who is looking.
 */
@Component
public class Markdown {

    private static final Pattern ALLOWED = Pattern.compile("(?:https?://|mailto:).*", Pattern.DOTALL);

    /** In characters, shown as HTML; more is shown as it was typed. */
    private static final int LONGEST = 50_000;

    /** What is nested deeper than anybody writes is cut off, so that nobody can fill the stack. */
    private static final int DEEPEST = 20;

    private final Parser parser = Parser.builder().maxOpenBlockParsers(DEEPEST).build();

    private final HtmlRenderer renderer = HtmlRenderer.builder()
            .escapeHtml(true)
            .sanitizeUrls(true)
            .urlSanitizer(new OnlyAllowed())
            .softbreak("<br>\n")
            .attributeProviderFactory(context -> Markdown::attributes)
            .nodeRendererFactory(ImageAsLink::new)
            .build();

    /** As HTML; empty for a blank text. */
    public String html(String text) {
        if (text.isBlank()) {
            return "";
        }
        if (text.length() > LONGEST) {
            return plain(text);
        }
        try {
            return renderer.render(parser.parse(text));
        } catch (StackOverflowError e) {
            // Emphasis in emphasis in emphasis: nobody means that, and what was typed can still be read.
            return plain(text);
        }
    }

    private static String plain(String text) {
        return "<pre>%s</pre>".formatted(HtmlUtils.htmlEscape(text));
    }

    private static void attributes(Node node, String tag, Map<String, String> attributes) {
        if (node instanceof Link) {
            attributes.put("rel", "noopener noreferrer nofollow");
            attributes.put("target", "_blank");
        }
    }

    private static String allowed(String address) {
        var stripped = address.strip();
        return ALLOWED.matcher(stripped.toLowerCase(Locale.ROOT)).matches() ? stripped : "";
    }

    /** Leaves nothing of other addresses, of those within our own pages neither. */
    private static final class OnlyAllowed implements UrlSanitizer {

        @Override
        public String sanitizeLinkUrl(String url) {
            return allowed(url);
        }

        @Override
        public String sanitizeImageUrl(String url) {
            return "";
        }
    }

    /** Shows an image as a link with its text. */
    private static final class ImageAsLink implements NodeRenderer {

        private final HtmlNodeRendererContext context;

        ImageAsLink(HtmlNodeRendererContext context) {
            this.context = context;
        }

        @Override
        public java.util.Set<Class<? extends Node>> getNodeTypes() {
            return java.util.Set.of(Image.class);
        }

        @Override
        public void render(Node node) {
            var link = new Link(((Image) node).getDestination(), null);
            var child = node.getFirstChild();
            if (child == null) {
                link.appendChild(new org.commonmark.node.Text("image"));
            }
            while (child != null) {
                var next = child.getNext();
                link.appendChild(child);
                child = next;
            }
            context.render(link);
        }
    }
}
