package dev.gatehouse.workbench.web.pages.investigations;

import dev.gatehouse.workbench.files.Downloads;
import dev.gatehouse.workbench.files.FileName;
import dev.gatehouse.workbench.files.Files;
import dev.gatehouse.workbench.files.MultipartBody;
import dev.gatehouse.workbench.files.StoredFile;
import dev.gatehouse.workbench.files.Uploaded;
import dev.gatehouse.workbench.investigations.InvestigationChangedMeanwhile;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.investigations.NoSuchInvestigation;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.web.frame.FormRedirect;
import dev.gatehouse.workbench.web.frame.Links;
import dev.gatehouse.workbench.web.frame.NotHere;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.node.JsonNodeFactory;

/** Uploads, downloads and removes the files of an investigation. */
@Controller
class FilePages {

    private static final String FILES = InvestigationPages.ONE + "/files";
    private static final String FILE = FILES + "/{file}";

    private final Files files;
    private final Investigations investigations;
    private final InvestigationView view;
    private final Links links;

    FilePages(Files files, Investigations investigations, InvestigationView view, Links links) {
        this.files = files;
        this.investigations = investigations;
        this.view = view;
        this.links = links;
    }

    @ExceptionHandler(NoSuchInvestigation.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String gone() {
        return "error/404";
    }

    @PostMapping(FILES)
    ModelAndView upload(
            Scope scope, @AuthenticationPrincipal SignedIn who, @PathVariable UUID id, HttpServletRequest request) {
        if (investigations.find(scope, id).isEmpty()) {
            throw new NotHere();
        }
        try {
            var uploaded =
                    MultipartBody.read(request, (filename, bytes) -> take(scope, Actor.of(who), id, filename, bytes));
            return switch (uploaded) {
                case Uploaded.Kept _ -> done(id, request);
                case Uploaded.TooLarge(var sentence) -> again(scope, id, sentence, HttpStatus.CONTENT_TOO_LARGE);
                case Uploaded.Refused(var sentence) -> again(scope, id, sentence, HttpStatus.CONFLICT);
                case Uploaded.BrokeOff(var sentence) -> again(scope, id, sentence, HttpStatus.BAD_REQUEST);
            };
        } catch (InvalidFields e) {
            return again(scope, id, String.valueOf(e.getMessage()), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private Uploaded take(Scope scope, Actor who, UUID investigation, String filename, InputStream bytes) {
        if (filename.isBlank()) {
            return new Uploaded.BrokeOff("Choose a file.");
        }
        var owner = new StoredFile.Owner(Optional.of(investigation), Optional.empty());
        var what = new StoredFile.What(new FileName(filename), "", JsonNodeFactory.instance.objectNode());
        var file = files.add(scope, who, owner, what);
        var isKept = false;
        try {
            var uploaded = files.upload(scope, who, file, bytes);
            isKept = uploaded instanceof Uploaded.Kept;
            return uploaded;
        } finally {
            if (!isKept) {
                files.forget(scope, file);
            }
        }
    }

    private ModelAndView done(UUID id, HttpServletRequest request) {
        return FormRedirect.to(Section.FILES.below(links.investigation(id)), request);
    }

    private ModelAndView again(Scope scope, UUID id, String problem, HttpStatus status) {
        var model = new ExtendedModelMap();
        var page = new ModelAndView(view.show(scope, id, Section.FILES, Typing.NOTHING, problem, model), model);
        page.setStatus(status);
        return page;
    }

    private StoredFile find(Scope scope, UUID id, UUID file) {
        var investigation = investigations.find(scope, id).orElseThrow(NotHere::new);
        return view.files(scope, investigation).stream()
                .filter(each -> each.id().equals(file))
                .findFirst()
                .orElseThrow(NotHere::new);
    }

    /** Never shown by the browser, whatever it is. */
    @GetMapping(FILE + "/download")
    void download(Scope scope, @PathVariable UUID id, @PathVariable UUID file, HttpServletResponse response)
            throws IOException {
        Downloads.send(files, scope, find(scope, id, file), response);
    }

    @PostMapping(FILE + "/delete")
    ModelAndView remove(
            Scope scope,
            @AuthenticationPrincipal SignedIn who,
            @PathVariable UUID id,
            @PathVariable UUID file,
            @RequestParam(defaultValue = "-1") int revision,
            HttpServletRequest request) {
        var found = find(scope, id, file);
        try {
            files.remove(scope, Actor.of(who), found.id(), revision);
            return done(id, request);
        } catch (InvestigationChangedMeanwhile e) {
            return again(
                    scope,
                    id,
                    "Somebody else was faster, and nothing was removed. %s".formatted(e.getMessage()),
                    HttpStatus.CONFLICT);
        }
    }
}
