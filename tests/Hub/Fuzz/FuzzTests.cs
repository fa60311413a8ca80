using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Vkp.Adapters;
using Vkp.Fhir;
using Vkp.Fhir.Json;
using Vkp.Hub.Faces;
using Vkp.Hub.Identity;
using Vkp.Hub.Intake;
using Vkp.Hub.LookUps;
using Vkp.Hub.Outbound;
using Vkp.Hub.Registry;
using Vkp.Hub.Staff;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Fuzz;

/// <summary>
/// Every parser that meets the outside, against inputs made by breaking good ones: no exception comes out, and none takes long. Each run makes a stated number of
/// executions; `VKP_FUZZ_EXECUTIONS=1000000 dotnet run --project tests/Hub -- -class '*FuzzTests'` makes a long night of it.
/// </summary>
public class FuzzTests
{
    /// <summary>Executions per target when nothing is said.</summary>
    private const int ExecutionsDefault = 1500;

    /// <summary>Far more than any input of 64 kB takes, so that a busy machine fails no test, and far less than a hang.</summary>
    internal static readonly TimeSpan OneMax = TimeSpan.FromSeconds(30);

    internal const int Seed = 20260511;

    /// <summary>Of one target, or requests.</summary>
    internal static int Executions { get; } = int.TryParse(Environment.GetEnvironmentVariable("VKP_FUZZ_EXECUTIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : ExecutionsDefault;

    private static readonly Dictionary<string, (Func<IReadOnlyList<byte[]>> Corpus, Func<byte[], Task> Parse)> Targets = Build();

    public static TheoryData<string> Names() => [.. Targets.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_input_crashes_or_hangs(string target)
    {
        var (corpus, parse) = Targets[target];
        await RunAsync(target, corpus(), parse);
    }

    /// <summary>With the issuer's keys at hand, so that what is read before and after the signature is met too.</summary>
    [Fact]
    public async Task No_access_token_crashes_or_hangs()
    {
        var folder = Directory.CreateTempSubdirectory("vkp-fuzz-").FullName;
        await using var issuer = await DevelopmentIssuer.StartAsync(new DevelopmentIssuerOptions("Test", folder, new Dictionary<string, string>(StringComparer.Ordinal) { ["nhn:vkp/"] = "nhn:vkp" }, []), TimeProvider.System, default);
        var client = DevelopmentClient.Open("fuzz", Path.Combine(folder, "fuzz.jwk"), TimeProvider.System);
        issuer.Register(client.AsRegistered("A_B_C", Journeys.TestHub.OrgNo, [VkpFace.BundleScope]));
        using var http = new HttpClient();
        var bearer = await client.FetchTokenAsync(http, issuer.BaseAddress, [], default);
        var bound = await client.FetchBoundTokenAsync(http, issuer.BaseAddress, [], default);
        using var keys = new IssuerKeys(issuer.BaseAddress, HubEnvironment.Development, OutboundPolicy.OfPerson, TimeProvider.System);
        var issued = new IssuedTokens(keys, ["nhn:vkp"], TimeProvider.System);
        Assert.NotNull((await issued.ReadAsync(bearer.Value, default)).Token);

        await RunAsync("access token", [Encoding.ASCII.GetBytes(bearer.Value), Encoding.ASCII.GetBytes(bound.Value)], async bytes => await issued.ReadAsync(Encoding.UTF8.GetString(bytes), default));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task RunAsync(string target, IReadOnlyList<byte[]> corpus, Func<byte[], Task> parse)
    {
        var mutator = new Mutator(Seed, corpus);
        for (var i = 0; i < Executions; i++)
        {
            var input = mutator.Next();
            var started = TimeProvider.System.GetTimestamp();
            try
            {
                await parse(input);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"{target}, seed {Seed}, execution {i}: {fault.GetType().Name}: {Convert.ToBase64String(input)}", fault);
            }

            var took = TimeProvider.System.GetElapsedTime(started);
            Assert.True(took < OneMax, $"{target}, seed {Seed}, execution {i} took {took}: {Convert.ToBase64String(input)}");
        }
    }

    private static Dictionary<string, (Func<IReadOnlyList<byte[]>>, Func<byte[], Task>)> Build()
    {
        var at = new DateTimeOffset(2026, 5, 11, 12, 0, 0, TimeSpan.Zero);
        var targets = new Dictionary<string, (Func<IReadOnlyList<byte[]>>, Func<byte[], Task>)>(StringComparer.Ordinal);
        foreach (var adapter in VendorCatalog.All) targets[$"vendor {adapter.Info.Name}"] = (() => Samples(adapter.Info.Name), Of(bytes => adapter.Translate(new VendorPayload(bytes, at))));

        targets["FHIR JSON, strict"] = (() => Samples("vkp-r4"), Of(bytes => FhirJson.ParseStrict(bytes)));
        targets["FHIR JSON, lenient"] = (() => Samples("vkp-r4"), Of(bytes => FhirJson.ParseLenient(bytes)));
        targets["batch of events"] = (() => Samples("evondos-style"), Of(bytes => EventBatch.Split(bytes, out _)));
        targets["batch of measurements"] = (() => Samples("fhir-observation"), Of(bytes => MeasurementBatch.Read(bytes)));
        targets["proof of possession"] = (Proofs, async bytes => await PossessionProof.ReadAsync(Encoding.UTF8.GetString(bytes)));
        targets["purpose"] = (() => [.. new[] { "tilsyn%3A%20sak%2026%2F114", "behandling: fall i natt", "innsyn:%C3%A6%00" }.Select(Encoding.UTF8.GetBytes)], Of(bytes => Purpose.Read(Encoding.UTF8.GetString(bytes))));
        targets["signature"] = (() => [.. Signatures], Of(bytes => WebhookSignature.Read(SignatureHeaders(bytes))));
        targets["configuration"] = (() => [Encoding.UTF8.GetBytes(Journeys.TestHub.Configuration(new Uri("https://epj.example.org/")))], ReadConfigurationAsync);
        targets["search of measurements"] = (() => Forms, Of(bytes => ObservationQuery.Parse(Form(bytes))));
        targets["search of documents"] = (() => Forms, Of(bytes => JftSearch.Parse(Form(bytes))));
        foreach (var kind in LookUpKind.All) targets[$"look-up of {kind.ResourceType}"] = (() => Forms, Of(bytes => LookUpQuery.Parse(kind, Form(bytes), Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 8))))));
        targets["date"] = (() => [.. Dates], Of(bytes => DateBound.TryParse(Encoding.UTF8.GetString(bytes), out _)));
        targets["identity number"] = (() => [.. Numbers], Of(bytes => NationalIdentityNumber.TryParse(Encoding.UTF8.GetString(bytes), out _)));
        return targets;
    }

    /// <summary>As far as a file goes before anything is looked up for it.</summary>
    private static async Task ReadConfigurationAsync(byte[] bytes)
    {
        if (RegistryFile.Read(Encoding.UTF8.GetString(bytes)).File is not { } file) return;
        await RegistryFileReader.ReadAsync(file, (_, _, _) => ValueTask.FromResult("patient-1"), VendorNames, EpjCatalog.All.ToDictionary(a => a.Info.Name, StringComparer.Ordinal), default);
    }

    private static readonly HashSet<string> VendorNames = [.. VendorCatalog.All.Select(a => a.Info.Name)];

    internal static IReadOnlyList<byte[]> Forms { get; } = [.. new[]
    {
        "patient.identifier=urn%3Aoid%3A2.16.578.1.12.4.1.4.1%7C13717404089&date=ge2026-05-01&date=lt2026-06-01T00%3A00%3A00%2B02%3A00&code=http%3A%2F%2Floinc.org%7C29463-7&_count=10",
        "identifier=13717404089", "_lastUpdated=gt2026-05-01&_sort=-_lastUpdated&_count=5&_tag=a%7Cb&_tag%3Anot=c%7Cd&cursor=AAAA",
    }.Select(Encoding.UTF8.GetBytes)];

    private static IEnumerable<byte[]> Signatures => new[] { "msg_1|1614265330|v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1a,AAAA" }.Select(Encoding.UTF8.GetBytes);

    private static Microsoft.AspNetCore.Http.HeaderDictionary SignatureHeaders(byte[] bytes)
    {
        var parts = Encoding.Latin1.GetString(bytes).Split('|');
        return new() { [WebhookSignature.IdHeader] = parts[0], [WebhookSignature.TimestampHeader] = parts.ElementAtOrDefault(1), [WebhookSignature.SignatureHeader] = parts.ElementAtOrDefault(2) };
    }

    private static IEnumerable<byte[]> Dates => new[] { "ge2026-05-01", "2026-05-01T12:00:00.123+02:00", "lt2026-05-01T12:00:00Z" }.Select(Encoding.UTF8.GetBytes);

    private static IEnumerable<byte[]> Numbers => new[] { "13717404089", "4137170408", "999999999999" }.Select(Encoding.UTF8.GetBytes);

    private static Func<byte[], Task> Of<T>(Func<byte[], T> parse) => bytes =>
    {
        parse(bytes);
        return Task.CompletedTask;
    };

    internal static IReadOnlyList<byte[]> Samples(string vendor) =>
        [.. Directory.GetFiles(Repository.PathOf("contracts", "vendors", vendor, "samples")).Where(file => !file.Contains(".verified.", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private static IReadOnlyList<byte[]> Proofs()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var header = new System.Text.Json.Nodes.JsonObject { ["typ"] = "dpop+jwt", ["alg"] = "ES256", ["jwk"] = Attacks.Jws.PublicJwk(key) };
        var claims = new System.Text.Json.Nodes.JsonObject { ["jti"] = "1", ["htm"] = "GET", ["htu"] = "https://hub.example.org/", ["iat"] = 1778500000, ["ath"] = "AAAA" };
        return [Encoding.ASCII.GetBytes(Attacks.Jws.Sign(header, claims, key))];
    }

    private static List<(string Name, string Value)> Form(byte[] bytes)
    {
        var pairs = new List<(string, string)>();
        foreach (var pair in new QueryStringEnumerable(Encoding.UTF8.GetString(bytes))) pairs.Add((pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        return pairs;
    }
}
