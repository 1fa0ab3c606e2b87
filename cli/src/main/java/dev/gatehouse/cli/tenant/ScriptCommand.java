package dev.gatehouse.cli.tenant;

import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.script.Language;
import dev.gatehouse.setup.script.Script;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the same as a script. */
@Command(
        name = "script",
        description = "Print what apply would do as a script, for people who run only what they can read.",
        mixinStandardHelpOptions = true,
        footer = {"", "Nobody signs in for this. The script looks before it makes, so that it can be run again."})
final class ScriptCommand implements Callable<Integer> {

    private final TenantContext context;

    @Mixin
    private final TenantOptions tenant = new TenantOptions();

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Chosen chosen = new Chosen();

    @Option(names = "--parts", split = ",", paramLabel = "PART", description = "Only these, e.g. role,partner,consent.")
    private List<String> parts = List.of();

    /** Which language. */
    static final class Chosen {
        @Option(names = "--bash", required = true, description = "For bash, with curl and jq.")
        private boolean bash;

        @Option(names = "--powershell", required = true, description = "For the Microsoft Graph PowerShell module.")
        private boolean powershell;

        @Option(names = "--terraform", required = true, description = "For Terraform's azuread and msgraph providers.")
        private boolean terraform;

        private Language language() {
            if (bash) {
                return Language.BASH;
            }
            if (powershell) {
                return Language.POWERSHELL;
            }
            if (terraform) {
                return Language.TERRAFORM;
            }
            throw new IllegalStateException("The command line let none of the languages through");
        }
    }

    ScriptCommand(TenantContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try {
            context.out().print(Script.of(chosen.language(), tenant.desired(), tenant.cloud(), chosenParts()));
            context.out().flush();
            return 0;
        } catch (IllegalArgumentException e) {
            throw new TenantFailure(TenantFailure.Kind.BAD_INPUT, String.valueOf(e.getMessage()), e);
        }
    }

    private Set<Part> chosenParts() {
        if (parts.isEmpty()) {
            return EnumSet.allOf(Part.class);
        }
        var all = EnumSet.noneOf(Part.class);
        for (var key : parts) {
            all.add(Arrays.stream(Part.values())
                    .filter(part -> part.key().equals(key.strip()))
                    .findFirst()
                    .orElseThrow(() -> new TenantFailure(
                            TenantFailure.Kind.BAD_INPUT,
                            "There is no part '%s'. There are: %s."
                                    .formatted(
                                            key,
                                            Arrays.stream(Part.values())
                                                    .map(Part::key)
                                                    .collect(Collectors.joining(", "))))));
        }
        return all;
    }
}
