using Vkp.Hub.Intake;
using Vkp.Hub.Privacy;
using Vkp.Hub.Staff;

namespace Vkp.Hub;

/// <summary>What a hub is started with.</summary>
public sealed record HubOptions
{
    /// <summary>Connection string of the owner of the schema: migrates with it, then works as the role that owns nothing.</summary>
    public required string Database { get; init; }

    public string Schema { get; init; } = "vkp";

    public required MasterKey MasterKey { get; init; }

    /// <summary>The token issuer's address, as its tokens name it. In production over https, on another machine, and never a development issuer.</summary>
    public required Uri Issuer { get; init; }

    /// <summary>What a token may be for; which face it opens, its scopes say.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = ["nhn:vkp", "nhn:jft"];

    /// <summary>Under which addresses the hub is called, when a reverse proxy stands before it: `https://hub.example.org/`. Empty = as it listens.</summary>
    public IReadOnlyList<Uri> PublicAddresses { get; init; } = [];

    /// <summary>Where the self-test of a journal system that fetches listens: it passes requests on as they are, so their proofs name its address. In development only; elsewhere it changes nothing.</summary>
    public IReadOnlyList<Uri> PassedOnFrom { get; init; } = [];

    /// <summary>Private networks that the hub may connect to; municipal journal systems are on such. None unless named.</summary>
    public IReadOnlyList<System.Net.IPNetwork> AllowedNetworks { get; init; } = [];

    /// <summary>Private networks that one municipality's configuration may lead to, by its organisation number, and no other's.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<System.Net.IPNetwork>> AllowedNetworksOf { get; init; } = System.Collections.Immutable.ImmutableDictionary<int, IReadOnlyList<System.Net.IPNetwork>>.Empty;

    /// <summary>Of each client at this node, where the municipality's configuration says nothing; 0 = no limit.</summary>
    public int RequestsPerClientAndSecond { get; init; } = Limits.RequestsPerClientAndSecond;

    /// <summary>Loopback only.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>0 = any free port.</summary>
    public int Port { get; init; }

    /// <summary>What the machine itself administers the hub with, from loopback only: for the first grant, and where nobody signs in. Null = switched off.</summary>
    public required string? AdminToken { get; init; }

    /// <summary>Whose sign-in the administration believes; null = nobody can sign in.</summary>
    public StaffOptions? Staff { get; init; }

    /// <summary>Where signed anchors of the logs are written; best on a disk that the database's people cannot write to.</summary>
    public required string AnchorFolder { get; init; }

    /// <summary>Where e-mail is handed in, asked for each letter, so that a changed relay or password works without a restart; null = escalations are not written to anybody.</summary>
    public Func<Escalation.MailOptions?> Mail { get; init; } = static () => null;

    /// <summary>How often a canary goes through each municipality's path; null = never.</summary>
    public TimeSpan? CanaryInterval { get; init; } = Limits.CanaryInterval;

    public HubEnvironment Environment { get; init; } = HubEnvironment.Development;
}

/// <summary>The hub cannot start; the message is one line: code, what, why, what to do.</summary>
public sealed class HubStartException(Adapters.VkpError error, Exception? inner = null) : Exception(error.ToString(), inner)
{
    public Adapters.VkpError Error { get; } = error;
}
