using Vkp.Adapters;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Vkp.Hub.Registry;

/// <summary>The configuration as a file (YAML): the whole wanted state of every municipality it names. What it does not name of such a municipality is ended.</summary>
public sealed class RegistryFile
{
    public IList<MunicipalityFile> Municipalities { get; set; } = [];

    /// <summary>Reads the file; an unknown key is an error that names its line, so that a misspelt policy is never silently without effect.</summary>
    /// <remarks>Not named Parse: the reader would call it for a scalar where a file is wanted (RegistryFileTests).</remarks>
    public static (RegistryFile? File, VkpError? Error) Read(string yaml)
    {
        try
        {
            // Looked through before it is read: the reader follows nesting by calling itself, and enough of it ends the process.
            if (Fault(yaml) is { } fault) return (null, fault);

            var file = new DeserializerBuilder()
                .WithNamingConvention(CamelCaseNamingConvention.Instance)
                .WithDuplicateKeyChecking()
                .Build()
                .Deserialize<RegistryFile?>(yaml);
            return file is { Municipalities.Count: > 0 }
                ? (file, null)
                : (null, Errors.ConfigurationInvalid("it names no municipality", "municipalities"));
        }
        catch (YamlException problem)
        {
            // The inner message can quote the value it could not read; only the place is told, since a value may be an identity number.
            return (null, Errors.ConfigurationInvalid("a key or value does not fit", $"line {problem.Start.Line}, column {problem.Start.Column}"));
        }
        catch (Exception broken) when (broken is InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The reader's own faults on texts that are no YAML: a plain value ended by a tab is one (FuzzTests).
            return (null, Errors.ConfigurationInvalid("it cannot be read as YAML", "municipalities"));
        }
    }

    /// <summary>No deeper than a configuration is, without aliases, of which a few lines can stand for any number, and without values that are none: they would pass for lists.</summary>
    private static VkpError? Fault(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        var depth = 0;
        while (parser.MoveNext())
        {
            var part = parser.Current!;
            depth += part.NestingIncrease;
            if (depth > Limits.ConfigurationDepthMax || part is AnchorAlias) return Errors.ConfigurationInvalid($"it is nested deeper than {Limits.ConfigurationDepthMax} levels, or repeats parts by aliases", "municipalities");
            if (part is NodeEvent { Tag.IsEmpty: false } or Scalar { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" }) return Errors.ConfigurationInvalid("a value is missing; leave the key out instead", $"line {part.Start.Line}, column {part.Start.Column}");
        }

        return null;
    }
}

public sealed class MunicipalityFile
{
    public string OrgNo { get; set; } = "";

    public string Name { get; set; } = "";

    public PolicyFile Policy { get; set; } = new();

    public IList<ClientFile> Clients { get; set; } = [];

    public IList<DestinationFile> Destinations { get; set; } = [];

    public IList<PatientFile> Patients { get; set; } = [];
}

public sealed class PolicyFile
{
    public string ServiceGate { get; set; } = "registry";

    /// <summary>Hours a message may be held before it is rejected back to its vendor.</summary>
    public int HeldHours { get; set; } = Limits.HeldHoursDefault;

    /// <summary>Days the content of messages is kept; left out, it is kept for good.</summary>
    public int? RetentionDays { get; set; }

    public EscalationFile Escalation { get; set; } = new();

    /// <summary>Event kind, or `*`, to `each`, `immediate`, `dailySummary`, `deviationsOnly` or `never`.</summary>
    public IDictionary<string, string> Journaling { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>When somebody is called, and who.</summary>
public sealed class EscalationFile
{
    /// <summary>Minutes an alarm may stand without an answer.</summary>
    public int AlarmMinutes { get; set; } = Limits.AlarmMinutesDefault;

    /// <summary>Minutes a journal system may be away.</summary>
    public int DestinationMinutes { get; set; } = Limits.DestinationMinutesDefault;

    /// <summary>Minutes a device that sends heartbeats may be silent.</summary>
    public int SilentMinutes { get; set; } = Limits.SilentMinutesDefault;

    /// <summary>`alarm`, `destination`, `silence`, `canary`, `breakglass` or `*` to the addresses of the unit, divided by blanks.</summary>
    public IDictionary<string, string> Mail { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>An address that is called with every escalation.</summary>
    public string? Webhook { get; set; }
}

public sealed class ClientFile
{
    public string Id { get; set; } = "";

    public string Vendor { get; set; } = "";

    public string VkpId { get; set; } = "";

    /// <summary>The services whose patients the vendor may look up in the journal system, `MD`, `TA` ...; none unless named.</summary>
    public IList<string> ServiceCodes { get; set; } = [];

    /// <summary>The services it may report events of; every one unless named.</summary>
    public IList<string> Reports { get; set; } = [];

    /// <summary>The response centre whose people answer what it reports, by the same name in every municipality's file.</summary>
    public string? ResponseCentre { get; set; }

    /// <summary>Requests it may make per second; what the operator allows every client unless named.</summary>
    public int? RequestsPerSecond { get; set; }

    /// <summary>`env:NAME`, one or, while it is changed, two: the client signs its requests with one of them instead of fetching tokens.</summary>
    public IList<string> WebhookSecrets { get; set; } = [];
}

public sealed class DestinationFile
{
    public string Name { get; set; } = "";

    public string Adapter { get; set; } = "";

    public string Address { get; set; } = "";

    /// <summary>What the adapter asks for (its README names them); a secret is given as `env:NAME`, never as its value.</summary>
    public IDictionary<string, string> Settings { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

public sealed class PatientFile
{
    /// <summary>A patient the municipality's configuration knows already, by the stream that an export names her by; instead of identifiers.</summary>
    public string? Stream { get; set; }

    public IList<IdentifierFile> Identifiers { get; set; } = [];

    /// <summary>Service codes, `MD`, `TA` ...; active from <see cref="From"/>.</summary>
    public IList<string> Services { get; set; } = [];

    public IList<IdentifierFile> Devices { get; set; } = [];

    /// <summary>Since when services and devices apply, ISO 8601 with offset.</summary>
    public string From { get; set; } = "2020-01-01T00:00:00+01:00";
}

/// <summary>An identifier; a bare 11-digit value without system is a national identity number and gets the system of its kind.</summary>
public sealed class IdentifierFile
{
    public string? System { get; set; }

    public string Value { get; set; } = "";
}
