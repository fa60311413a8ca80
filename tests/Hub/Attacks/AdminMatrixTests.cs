using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Vkp.Hub.Faces;
using Vkp.Hub.Registry;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Staff;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Attacks;

/// <summary>Every operation of the administration against every way in which a person may lack the right to it: a row each. One hub for all.</summary>
public sealed partial class AdminMatrixTests(StaffHub staff) : IClassFixture<StaffHub>
{
    private const string Id = "0190a000-0000-7000-8000-000000000001";

    private static readonly RSA AnotherKey = RSA.Create(2048);

    private static readonly JsonNode Description = JsonNode.Parse(Repository.ReadText("contracts", "openapi", "admin.json"))!;

    /// <summary>The attack, what is sent by it, and the expected answer.</summary>
    private static readonly (string Name, Func<StaffHub, StaffRole, string?> Header, HttpStatusCode Status, string Code)[] Attacks =
    [
        ("without a token", (_, _) => null, HttpStatusCode.Unauthorized, "VKP-806"),
        ("with a token of another issuer", (s, _) => Bearer(s, c => c["iss"] = "https://issuer.example.org"), HttpStatusCode.Unauthorized, "VKP-802"),
        ("with a token for another audience", (s, _) => Bearer(s, c => c["aud"] = "nhn:vkp"), HttpStatusCode.Unauthorized, "VKP-802"),
        ("with an expired token", (s, _) => Bearer(s, c => c["exp"] = Now - 60), HttpStatusCode.Unauthorized, "VKP-802"),
        ("with a token that never expires", (s, _) => Bearer(s, c => c.Remove("exp")), HttpStatusCode.Unauthorized, "VKP-802"),
        ("with an identity token", (s, _) => $"Bearer {s.Token(StaffHub.Actor, type: "JWT")}", HttpStatusCode.Unauthorized, "VKP-802"),
        ("with a token signed by another", (s, _) => $"Bearer {s.Token(StaffHub.Actor, signer: AnotherKey)}", HttpStatusCode.Unauthorized, "VKP-802"),
        ("with a token that names nobody", (s, _) => Bearer(s, c => c.Remove("sub")), HttpStatusCode.Unauthorized, "VKP-802"),
        ("with a token whose subject is an identity number", (s, _) => Bearer(s, c => c["sub"] = SyntheticPeople.All[0].NationalId), HttpStatusCode.Unauthorized, "VKP-802"),
        ("with a token bound to a key, as a bearer", (s, _) => Bearer(s, c => c["cnf"] = new JsonObject { ["jkt"] = "x" }), HttpStatusCode.Unauthorized, "VKP-810"),
        ("as somebody without any role", (s, _) => $"Bearer {s.Token(StaffHub.Nobody)}", HttpStatusCode.Forbidden, "VKP-820"),
        ("with the other roles only", (s, role) => $"Bearer {s.Token(Below(role))}", HttpStatusCode.Forbidden, "VKP-820"),
        ("with roles that have ended", (s, _) => $"Bearer {s.Token(StaffHub.Former)}", HttpStatusCode.Forbidden, "VKP-820"),
    ];

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    public static TheoryData<string, string> Rows() => [.. from operation in Operation.OfAdministration from attack in Attacks select new TheoryDataRow<string, string>(operation.ToString(), attack.Name)];

    public static TheoryData<string> Operations() => [.. Operation.OfAdministration.Select(o => o.ToString())];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Nobody_passes(string operation, string name)
    {
        var (_, header, status, code) = Attacks.Single(a => a.Name == name);

        using var answer = await SendAsync(operation, header(staff, RoleOf(operation)));

        // First the status: the body of a tail that opened would never end.
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, await AttackHub.CodeAsync(answer));
        if (status == HttpStatusCode.Unauthorized) Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_role_in_one_municipality_gives_nothing_in_another(string operation)
    {
        using var answer = await SendAsync(operation, $"Bearer {staff.Token(StaffHub.Elsewhere)}");

        if (IsOfEach(operation))
        {
            // It tells of her own municipality, and has never heard of this one.
            Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.NotFound]);
            if (!operation.EndsWith("/tail", StringComparison.Ordinal)) Assert.DoesNotContain(TestHub.OrgNo, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal((HttpStatusCode.Forbidden, "VKP-820"), (answer.StatusCode, await AttackHub.CodeAsync(answer)));
        }
    }

    /// <summary>Without this, the rows above could all fail for a reason they do not name.</summary>
    [Theory]
    [MemberData(nameof(Operations))]
    public async Task The_same_request_with_the_declared_role_passes_the_door(string operation)
    {
        var role = RoleOf(operation);
        using var answer = await SendAsync(operation, $"Bearer {staff.Token(role switch { StaffRole.Overvaking => StaffHub.Watcher, StaffRole.Administrasjon => StaffHub.Actor, _ => StaffHub.Granter })}");

        Assert.DoesNotContain(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.InternalServerError]);
    }

    [Fact]
    public void Every_route_of_the_administration_declares_what_it_needs_as_its_description_does()
    {
        var declared = staff.Hub.AdminRoutes.Select(route => (Path: Constraint().Replace(route.Route, "{${name}}"), route.Need)).ToList();

        Assert.Empty(declared.Where(route => route.Need is null).Select(route => route.Path));
        Assert.Equal(
            Operation.OfAdministration.Select(o => $"{o} {(string?)Described(o)["x-vkp-role"]} {(string?)Described(o)["x-vkp-purpose"]} {((bool?)Described(o)["x-vkp-person"] == true ? "person" : "")}".Trim()).Order(StringComparer.Ordinal),
            declared.Select(route => $"{route.Path} {StaffRoles.Name(route.Need!.Role)} {PurposeOf(route.Need.Opening)} {(route.Need.ByPerson ? "person" : "")}".Trim()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("203.0.113.7")]
    public async Task The_machines_token_is_worth_nothing_through_a_proxy(string from)
    {
        using var direct = await staff.SendAsync(HttpMethod.Get, "admin/status", $"Bearer {TestHub.AdminToken}");
        using var through = await staff.SendAsync(HttpMethod.Get, "admin/status", $"Bearer {TestHub.AdminToken}", forwarded: from);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (direct.StatusCode, through.StatusCode));
    }

    private static string? PurposeOf(Opening opening) => opening switch { Opening.Always => "required", Opening.WithPurpose => "opens", _ => null };

    internal static JsonNode Described(Operation operation) => Description["paths"]![operation.Template]![operation.Method.ToLowerInvariant()]!;

    private static StaffRole RoleOf(string operation) => Enum.Parse<StaffRole>((string)Described(Operation.OfAdministration.Single(o => o.ToString() == operation))["x-vkp-role"]!, ignoreCase: true);

    /// <summary>Somebody who has a role, and not one that covers this.</summary>
    private static string Below(StaffRole role) => role switch { StaffRole.Overvaking => StaffHub.Granter, StaffRole.Administrasjon => StaffHub.Watcher, _ => StaffHub.Actor };

    private static string Bearer(StaffHub staff, Action<JsonObject> change) => $"Bearer {staff.Token(StaffHub.Actor, change)}";

    /// <summary>It names no municipality, and answers for each where the caller may.</summary>
    private static bool IsOfEach(string operation) => !operation.Contains("{orgnr}", StringComparison.Ordinal) && Body(operation) == "{}";

    private async Task<HttpResponseMessage> SendAsync(string operation, string? header)
    {
        var target = Operation.OfAdministration.Single(o => o.ToString() == operation);
        var purpose = Described(target)["x-vkp-purpose"] is { } asked && (string?)asked == "required" && RoleOf(operation) != StaffRole.Overvaking ? "tilsyn: sak 26/114" : null;
        var body = operation.Contains("/config/", StringComparison.Ordinal) && target.Method == "POST" ? ConfigurationOfOne() : Body(operation);
        return await staff.SendAsync(new HttpMethod(target.Method), target.Path(Id), header, body, purpose);
    }

    /// <summary>The first municipality alone, as it is.</summary>
    private string ConfigurationOfOne() => staff.Hub.CurrentConfiguration[..staff.Hub.CurrentConfiguration.IndexOf($"  - orgNo: \"{TestHub.OtherOrgNo}\"", StringComparison.Ordinal)];

    private static string Body(string operation) => operation switch
    {
        "POST /admin/trace" => $$"""{"orgNo":"{{TestHub.OrgNo}}","id":"{{Id}}"}""",
        "POST /admin/access" => $$"""{"patient":{"value":"{{SyntheticPeople.Stranger.NationalId}}" },"orgNo":"{{TestHub.OrgNo}}"}""",
        "POST /admin/shred" => $$"""{"patient":{"value":"{{SyntheticPeople.Stranger.NationalId}}" },"orgNo":"{{TestHub.OrgNo}}","reason":"test"}""",
        "POST /admin/corrections" => $$"""{"orgNo":"{{TestHub.OrgNo}}","act":"entered-in-error","messageId":"{{Id}}"}""",
        "POST /admin/replays" => $$"""{"orgNo":"{{TestHub.OrgNo}}","purpose":"revisjon"}""",
        "POST /admin/handovers" => $$"""{"orgNo":"{{TestHub.OrgNo}}","from":"none","to":"new","adapter":"fhir-messaging","address":"http://127.0.0.1:1/"}""",
        "POST /admin/config/plan" or "POST /admin/config/apply" or "POST /admin/config/rollout" => "yaml",
        _ when operation.Contains("/dead-letters/", StringComparison.Ordinal) && operation.StartsWith("POST", StringComparison.Ordinal) => $$"""{"orgNo":"{{TestHub.OrgNo}}","reason":"test"}""",
        _ when operation.Contains("/staff/", StringComparison.Ordinal) => """{"subject":"somebody","role":"overvaking"}""",
        _ when operation.Contains("/break-glass/", StringComparison.Ordinal) => """{"reason":"Alarm uten navn, pasienten svarer ikke"}""",
        _ => "{}",
    };

    [GeneratedRegex(@"\{(?<name>\w+):[^/]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Constraint();
}
