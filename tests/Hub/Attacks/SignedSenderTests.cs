using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Vkp.Hub.Identity;
using Vkp.Hub.Tests.Journeys;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Attacks;

/// <summary>A hub with a vendor's client that signs instead of fetching tokens, and one request that is good: each attack differs from it in one thing only.</summary>
public sealed class SignedHub : IAsyncLifetime
{
    private const string Variable = "VKP_TEST_SIGNED";

    private readonly HttpClient raw = new();

    public TestHub Hub { get; private set; } = null!;

    /// <summary>What the vendor signs with today, and what comes next.</summary>
    public byte[] Key { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public byte[] NextKey { get; } = [.. Enumerable.Range(101, 32).Select(i => (byte)i)];

    public byte[] NeighbourKey { get; } = [.. Enumerable.Range(51, 32).Select(i => (byte)i)];

    public async ValueTask InitializeAsync()
    {
        Hub = await TestHub.StartAsync();
        Environment.SetEnvironmentVariable(Variable + "_N", Convert.ToBase64String(NeighbourKey));
        Environment.SetEnvironmentVariable(Variable + "_A", "whsec_" + Convert.ToBase64String(Key));
        const string Dispensers = "      - { id: dispensers";
        await Hub.ConfigureAsync(TestHub.Configuration(Hub.Epj.FhirBase).Replace(
            Dispensers, $"      - {{ id: signed, vendor: evondos-style, vkpId: Signert_Test_Eksempel, webhookSecrets: [ \"env:{Variable}_A\", \"env:{Variable}_B\" ] }}\n      - {{ id: neighbour, vendor: evondos-style, vkpId: Nabo_Test_Eksempel, webhookSecrets: [ \"env:{Variable}_N\" ] }}\n      - {{ id: unset, vendor: evondos-style, vkpId: Usatt_Test_Eksempel, webhookSecrets: [ \"env:{Variable}_C\" ] }}\n{Dispensers}", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        raw.Dispose();
    }

    /// <summary>The second of the client's two names gets a secret, as an operator gives it one.</summary>
    public void AddNext() => Environment.SetEnvironmentVariable(Variable + "_B", Convert.ToBase64String(NextKey));

    internal async Task<HttpResponseMessage> SendAsync(SignedRequest sent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Hub.Address, sent.Path)) { Content = new ByteArrayContent(sent.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in sent.Headers) request.Headers.TryAddWithoutValidation(name, value);
        return await raw.SendAsync(request);
    }
}

/// <summary>A request as it goes out, whatever was done to it.</summary>
internal sealed record SignedRequest(string Path, byte[] Body, Dictionary<string, string> Headers)
{
    public static SignedRequest Of(byte[] key, byte[] body, string id = "msg_1", DateTimeOffset? at = null, string client = "signed", string orgNo = TestHub.OrgNo, string vendor = "evondos-style")
    {
        var sentAt = at ?? TimeProvider.System.GetUtcNow();
        return new($"vendors/{vendor}/webhooks/{orgNo}/{client}", body, new(StringComparer.Ordinal)
        {
            [WebhookSignature.IdHeader] = id,
            [WebhookSignature.TimestampHeader] = sentAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            [WebhookSignature.SignatureHeader] = "v1," + Convert.ToBase64String(WebhookSignature.Sign(key, id, sentAt, body)),
        });
    }

    public SignedRequest Without(string header)
    {
        Headers.Remove(header);
        return this;
    }

    public SignedRequest With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }
}

public sealed class SignedSenderTests(SignedHub signed) : IClassFixture<SignedHub>
{
    private static readonly byte[] Event = File.ReadAllBytes(Repository.PathOf("contracts", "vendors", "evondos-style", "samples", "dose.dispensed.json"));

    private static readonly Dictionary<string, (Func<SignedHub, SignedRequest> Make, HttpStatusCode Status, string Code)> Attacks = new(StringComparer.Ordinal)
    {
        ["a secret nobody has"] = (s => SignedRequest.Of(new byte[32], Event), HttpStatusCode.Forbidden, "VKP-816"),
        ["a neighbour's secret, which is good at its own address"] = (s => SignedRequest.Of(s.NeighbourKey, Event), HttpStatusCode.Forbidden, "VKP-816"),
        ["one's own secret at the neighbour's address"] = (s => SignedRequest.Of(s.Key, Event, client: "neighbour"), HttpStatusCode.Forbidden, "VKP-816"),
        ["the same event written down anew"] = (s => SignedRequest.Of(s.Key, Event) with { Body = Encoding.UTF8.GetBytes(JsonNode.Parse(Event)!.ToJsonString()) }, HttpStatusCode.Forbidden, "VKP-816"),
        ["a signature made six minutes ago"] = (s => SignedRequest.Of(s.Key, Event, at: Minutes(-6)), HttpStatusCode.Forbidden, "VKP-817"),
        ["a signature made in six minutes"] = (s => SignedRequest.Of(s.Key, Event, at: Minutes(6)), HttpStatusCode.Forbidden, "VKP-817"),
        ["an old signature under a new time"] = (s => SignedRequest.Of(s.Key, Event, at: Minutes(-6)).With(WebhookSignature.TimestampHeader, Seconds(Minutes(0))), HttpStatusCode.Forbidden, "VKP-816"),
        ["a signature under another id"] = (s => SignedRequest.Of(s.Key, Event).With(WebhookSignature.IdHeader, "msg_2"), HttpStatusCode.Forbidden, "VKP-816"),
        ["a body changed after signing"] = (s => SignedRequest.Of(s.Key, Event) with { Body = [.. Event, (byte)' '] }, HttpStatusCode.Forbidden, "VKP-816"),
        ["another body"] = (s => SignedRequest.Of(s.Key, Event) with { Body = Encoding.UTF8.GetBytes("[]") }, HttpStatusCode.Forbidden, "VKP-816"),
        ["no id"] = (s => SignedRequest.Of(s.Key, Event).Without(WebhookSignature.IdHeader), HttpStatusCode.BadRequest, "VKP-815"),
        ["no time"] = (s => SignedRequest.Of(s.Key, Event).Without(WebhookSignature.TimestampHeader), HttpStatusCode.BadRequest, "VKP-815"),
        ["no signature"] = (s => SignedRequest.Of(s.Key, Event).Without(WebhookSignature.SignatureHeader), HttpStatusCode.BadRequest, "VKP-815"),
        ["a signature of another version"] = (s => SignedRequest.Of(s.Key, Event) is var r ? r.With(WebhookSignature.SignatureHeader, r.Headers[WebhookSignature.SignatureHeader].Replace("v1,", "v2,", StringComparison.Ordinal)) : r, HttpStatusCode.BadRequest, "VKP-815"),
        ["a token beside the signature"] = (s => SignedRequest.Of(s.Key, Event).With("Authorization", "Bearer not.a.token"), HttpStatusCode.BadRequest, "VKP-818"),
        ["a client that nobody registered"] = (s => SignedRequest.Of(s.Key, Event, client: "stranger"), HttpStatusCode.Forbidden, "VKP-816"),
        ["a client that fetches tokens"] = (s => SignedRequest.Of(s.Key, Event, client: "dispensers"), HttpStatusCode.Forbidden, "VKP-816"),
        ["another municipality"] = (s => SignedRequest.Of(s.Key, Event, orgNo: TestHub.OtherOrgNo), HttpStatusCode.Forbidden, "VKP-816"),
        ["a municipality that is none"] = (s => SignedRequest.Of(s.Key, Event, orgNo: "1"), HttpStatusCode.Forbidden, "VKP-816"),
        ["another vendor's format"] = (s => SignedRequest.Of(s.Key, Event, vendor: "alarm-style"), HttpStatusCode.Forbidden, "VKP-816"),
        ["a format nobody knows"] = (s => SignedRequest.Of(s.Key, Event, vendor: "nobody"), HttpStatusCode.NotFound, "VKP-105"),
        ["a client whose secret the operator has not given"] = (s => SignedRequest.Of(s.Key, Event, client: "unset"), HttpStatusCode.ServiceUnavailable, "VKP-819"),
        ["an empty key, for a client without a secret"] = (s => SignedRequest.Of([], Event, client: "unset"), HttpStatusCode.ServiceUnavailable, "VKP-819"),
    };

    public static TheoryData<string> Names() => [.. Attacks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_comes_of(string attack)
    {
        var (make, status, code) = Attacks[attack];
        var before = (await signed.Hub.StatusAsync(TestHub.OrgNo)).Accepted;

        using var answer = await signed.SendAsync(make(signed));

        Assert.Equal((status, code), (answer.StatusCode, await AttackHub.CodeAsync(answer)));
        Assert.Equal(before, (await signed.Hub.StatusAsync(TestHub.OrgNo)).Accepted);
    }

    [Fact]
    public async Task A_signed_event_is_taken_once_however_often_it_comes_and_whichever_secret_signs()
    {
        var body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Event).Replace("ZZ000123", "ZZ000201", StringComparison.Ordinal));
        var request = SignedRequest.Of(signed.Key, body);
        using var first = await signed.SendAsync(request);
        using var copied = await signed.SendAsync(request);
        using var tooEarly = await signed.SendAsync(SignedRequest.Of(signed.NextKey, body, "msg_3"));
        signed.AddNext();
        using var next = await signed.SendAsync(SignedRequest.Of(signed.NextKey, body, "msg_3"));
        using var array = await signed.SendAsync(SignedRequest.Of(signed.NextKey, [(byte)'[', .. body, (byte)']'], "msg_4"));

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, tooEarly.StatusCode);
        Assert.Equal(HttpStatusCode.OK, array.StatusCode);
        var id = await IdAsync(first);
        Assert.Equal(id, await IdAsync(copied));
        Assert.Equal(id, await IdAsync(next));
        Assert.Contains(id, await array.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_status_is_told_to(string attack)
    {
        var (make, status, code) = Attacks[attack];
        var made = make(signed);

        using var answer = await signed.SendAsync(made with { Path = made.Path + "/$status" });

        Assert.Equal((status, code), (answer.StatusCode, await AttackHub.CodeAsync(answer)));
    }

    [Fact]
    public async Task A_signed_question_is_answered_about_ones_own_message_and_no_other()
    {
        using var own = await signed.SendAsync(SignedRequest.Of(signed.Key, TestHub.Event("dose.dispensed").Body.ToArray(), "msg_10"));
        using var others = await signed.Hub.PostAsync(TestHub.Event("dose.dispensed", person: 1));

        using var told = await AskAsync(await IdAsync(own));
        using var foreign = await AskAsync(await IdAsync(others));
        using var nothing = await signed.SendAsync(Question("{}"));
        using var posted = await signed.SendAsync(Question($$"""{"messageId":"{{await IdAsync(own)}}"}""") with { Path = $"vendors/evondos-style/webhooks/{TestHub.OrgNo}/signed" });

        Assert.Equal(await IdAsync(own), await IdAsync(told));
        Assert.Equal((HttpStatusCode.NotFound, "VKP-120"), (foreign.StatusCode, await AttackHub.CodeAsync(foreign)));
        Assert.Equal((HttpStatusCode.BadRequest, "VKP-104"), (nothing.StatusCode, await AttackHub.CodeAsync(nothing)));
        // A copied question is no event.
        Assert.Equal(HttpStatusCode.BadRequest, posted.StatusCode);
    }

    private Task<HttpResponseMessage> AskAsync(string messageId) => signed.SendAsync(Question($$"""{"messageId":"{{messageId}}"}"""));

    private SignedRequest Question(string body) => SignedRequest.Of(signed.Key, Encoding.UTF8.GetBytes(body), "msg_11") is var request ? request with { Path = request.Path + "/$status" } : request;

    [Fact]
    public async Task What_the_vendor_signs_with_stands_nowhere_in_the_configuration_that_is_told()
    {
        // Its neighbours' messages may be open.
        using var answer = await signed.Hub.AdminAsync(HttpMethod.Post, "admin/config/plan?leave-open=true", new StringContent(signed.Hub.CurrentConfiguration.Replace("Signert_Test_Eksempel", "Signert_To_Eksempel", StringComparison.Ordinal)));
        var plan = await answer.Content.ReadAsStringAsync();

        Assert.Contains("VKP_TEST_SIGNED_A", plan, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(signed.Key), plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[ \"whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=\" ]")]
    [InlineData("[ \"env:A\", \"env:B\", \"env:C\" ]")]
    public async Task A_secret_in_plain_and_more_than_two_are_refused_and_not_repeated(string secrets)
    {
        var yaml = signed.Hub.CurrentConfiguration.Replace("[ \"env:VKP_TEST_SIGNED_C\" ]", secrets, StringComparison.Ordinal);

        using var answer = await signed.Hub.AdminAsync(HttpMethod.Post, "admin/config/plan", new StringContent(yaml));

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("VKP-402", text, StringComparison.Ordinal);
        Assert.DoesNotContain("AQIDBAUG", text, StringComparison.Ordinal);
    }

    private static DateTimeOffset Minutes(int minutes) => TimeProvider.System.GetUtcNow().AddMinutes(minutes);

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static async Task<string> IdAsync(HttpResponseMessage answer) => (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["messageId"]!;
}
