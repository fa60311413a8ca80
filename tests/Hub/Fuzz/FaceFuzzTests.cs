using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Fuzz;

/// <summary>
/// A running hub against requests made by breaking good ones, body, parameters, headers and tokens, at every kind of door: none is answered with a fault of the hub's
/// (5xx), none takes long, and the next good one is taken. As many requests as <see cref="FuzzTests"/> makes executions of one target.
/// </summary>
public sealed class FaceFuzzTests
{
    private const string R4 = $"epj/r4/{TestHub.OrgNo}", Json = "application/json", Form = "application/x-www-form-urlencoded", Yaml = "application/yaml";

    private static readonly string[] Headers = ["ServiceCodes", "webhook-id", "webhook-timestamp", "webhook-signature", "VKP-Purpose", "X-Vkp-Author", "Accept", "X-Forwarded-For"];

    private static readonly byte[][] HeaderValues = [.. new[] { "ta,gps", "msg_1", "1614265330", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "tilsyn: sak 26/114" }.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Where to, as whom, in which form, and what good bodies look like.</summary>
    private static readonly (string Path, string Client, string Scope, string Type, Func<IReadOnlyList<byte[]>> Corpus)[] Doors =
    [
        ("vendors/evondos-style/events", "dispensers", VendorFace.Scope, Json, () => FuzzTests.Samples("evondos-style")),
        ("vendors/dignio-style/events", "followup", VendorFace.Scope, Json, () => FuzzTests.Samples("dignio-style")),
        ("vendors/alarm-style/events", "alarms", VendorFace.Scope, Json, () => FuzzTests.Samples("alarm-style")),
        ("vendors/scaip/events", "scaip", VendorFace.Scope, "application/xml", () => FuzzTests.Samples("scaip")),
        ($"{R4}/bundle", "responses", VkpFace.BundleScope, "application/fhir+json", () => FuzzTests.Samples("vkp-r4")),
        ($"{R4}/patient/_search", "responses", LookUpFace.Scopes[0], Form, () => FuzzTests.Forms),
        ("v1/Composition", "journaling", JftFace.Scope, Json, () => FuzzTests.Samples("jft")),
        ("v1/Composition/_search", "journal", JftFace.Scope, Form, () => FuzzTests.Forms),
        ("fhir", "measurements", MeasurementFace.WriteScope, Json, () => FuzzTests.Samples("fhir-observation")),
        ("fhir/Observation/_search", "measurements", MeasurementFace.ReadScope, Form, () => FuzzTests.Forms),
        ($"vendors/evondos-style/webhooks/{TestHub.OrgNo}/dispensers", "", "", Json, () => FuzzTests.Samples("evondos-style")),
        ("admin/config/plan", "", "", Yaml, () => [Encoding.UTF8.GetBytes(TestHub.Configuration(new Uri("https://epj.example.org/")))]),
        ("admin/trace", "", "", Json, () => [Encoding.UTF8.GetBytes($$"""{"orgNo":"{{TestHub.OrgNo}}","id":"0190a000-0000-7000-8000-000000000001","from":"2026-05-01T00:00:00Z","device":"a","patient":{"value":"1","system":"urn:x"} }""")]),
        ("admin/replays", "", "", Json, () => [Encoding.UTF8.GetBytes($$"""{"orgNo":"{{TestHub.OrgNo}}","purpose":"revisjon","as":"audit","rate":1,"from":"2026-05-01T00:00:00Z","patient":{"value":"1"} }""")]),
        ("admin/dead-letters/retry", "", "", Json, () => [Encoding.UTF8.GetBytes($$"""{"orgNo":"{{TestHub.OrgNo}}","reason":"prøv igjen","destination":"epj","code":"a","messageIds":["0190a000-0000-7000-8000-000000000001"]}""")]),
    ];

    [Fact]
    public async Task No_broken_request_is_answered_with_a_fault()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.ConfigureAllVendorsAsync();
        hub.Issuer.Register(hub.Client("responses").AsRegistered("Respons_Test_Eksempel", TestHub.OrgNo, [VkpFace.BundleScope, .. LookUpFace.Scopes]));
        var dice = new Random(FuzzTests.Seed);
        var doors = new List<(string Path, string? Token, string Type, Mutator Bodies)>();
        foreach (var door in Doors) doors.Add((door.Path, await TokenAsync(hub, door.Path, door.Client, door.Scope), door.Type, new Mutator(dice.Next(), door.Corpus())));
        var headers = new Mutator(dice.Next(), HeaderValues);
        var tokens = new Mutator(dice.Next(), [.. doors.Select(door => door.Token).OfType<string>().Select(Encoding.ASCII.GetBytes)]);

        for (var i = 0; i < FuzzTests.Executions; i++)
        {
            var (path, token, type, bodies) = doors[dice.Next(doors.Count)];
            var body = bodies.Next();
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Address, dice.Next(10) == 0 ? $"{path}?{Uri.EscapeDataString(Encoding.Latin1.GetString([.. headers.Next().Take(3)]))}=a" : path)) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            // Mostly the good token: behind a closed door there is nothing to break.
            if (dice.Next(10) == 0) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Printable(tokens.Next())}");
            else if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            foreach (var header in Headers.Where(_ => dice.Next(4) == 0)) request.Headers.TryAddWithoutValidation(header, Printable(headers.Next()));
            var started = TimeProvider.System.GetTimestamp();
            using var answer = await hub.Http.SendAsync(request);

            Assert.True((int)answer.StatusCode < 500, $"execution {i}, {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()} to {Convert.ToBase64String(body)} with {request.Headers}");
            Assert.True(TimeProvider.System.GetElapsedTime(started) < FuzzTests.OneMax, $"execution {i}, {path} took too long: {Convert.ToBase64String(body)}");
        }

        using var next = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        Assert.Equal(HttpStatusCode.Accepted, next.StatusCode);
    }

    private static async Task<string?> TokenAsync(TestHub hub, string path, string client, string scope) =>
        path.StartsWith("admin/", StringComparison.Ordinal) ? TestHub.AdminToken : client.Length > 0 ? await hub.TokenAsync(client, scope) : null;

    /// <summary>What a client's library would let pass as a header of at most a line.</summary>
    private static string Printable(byte[] bytes) => string.Concat(bytes.Take(4000).Select(b => b is >= 0x20 and < 0x7f ? ((char)b).ToString(CultureInfo.InvariantCulture) : "?"));
}
