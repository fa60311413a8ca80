using System.CommandLine;
using Vkp.Fhir.Validation;

namespace Vkp.Cli.Fhir;

/// <summary>`vkp fhir`: what a vendor's developer runs beside the editor. Reads files only; no hub, no network.</summary>
public static class FhirCommands
{
    public static Command Create() => new("fhir", "Sjekk FHIR-filer og les profiler / check FHIR files and read profiles") { Validate(), Explain() };

    private static Command Validate()
    {
        var files = new Argument<string[]>("FILE") { Description = "Files or folders (all *.json below)", Arity = ArgumentArity.OneOrMore };
        var profiles = new Option<string[]>("--profile") { Description = "Canonical or id of a profile to check against, besides those declared" };
        var lenient = new Option<bool>("--lenient") { Description = "Read as the hub reads vendors: put the form right and say so" };
        var command = new Command("validate", "Check files. Exit code: 0 clean, 1 warnings, 2 errors, 3 unreadable. With --json one line per file: file and OperationOutcome") { files, profiles, lenient };
        command.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            var wanted = new List<string>();
            foreach (var name in result.GetValue(profiles) ?? [])
            {
                if (ProfileNames.Find(name) is not { } profile)
                {
                    result.InvocationConfiguration.Error.WriteLine(ProfileNames.Unknown(name));
                    return 3;
                }

                wanted.Add(profile.Canonical);
            }

            return FileValidation.Run(result.GetValue(files)!, wanted, result.GetValue(lenient), result.GetValue(Shared.Json), output);
        });
        return command;
    }

    private static Command Explain()
    {
        var name = new Argument<string?>("PROFILE") { Description = "Canonical or id; without it all profiles are listed", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("explain", "Print a profile's rules") { name };
        command.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(name) is not { } wanted)
            {
                foreach (var known in ProfileCatalog.All) output.WriteLine($"{known.Definition.Id,-45} {known.Canonical}");
                return 0;
            }

            if (ProfileNames.Find(wanted) is not { } profile)
            {
                result.InvocationConfiguration.Error.WriteLine(ProfileNames.Unknown(wanted));
                return 3;
            }

            output.Write(ProfileExplanation.Of(profile));
            return 0;
        });
        return command;
    }
}

/// <summary>Profiles by what people type: the canonical, or its last part in any case.</summary>
internal static class ProfileNames
{
    public static FhirProfile? Find(string name) =>
        ProfileCatalog.Find(name) ?? ProfileCatalog.All.FirstOrDefault(x => string.Equals(x.Definition.Id, name, StringComparison.OrdinalIgnoreCase));

    public static string Unknown(string name) => $"Ukjent profil / unknown profile '{name}'. 'vkp fhir explain' lists all.";
}
