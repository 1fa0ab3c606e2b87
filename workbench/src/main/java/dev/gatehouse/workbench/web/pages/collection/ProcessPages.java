package dev.gatehouse.workbench.web.pages.collection;

import dev.gatehouse.workbench.processes.Processes;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Which processes share the work. */
@Controller
class ProcessPages {

    private final Processes processes;

    ProcessPages(Processes processes) {
        this.processes = processes;
    }

    @GetMapping(CollectionPages.HOME + "/processes")
    String list(Model model) {
        model.addAttribute("processes", processes.all());
        return "show/processes";
    }
}
