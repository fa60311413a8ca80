using System.Net;
using System.Text.Json.Nodes;
using Vkp.Hub.Tests.Journeys;

namespace Vkp.Hub.Tests.Attacks;

/// <summary>Search parameters that are statements, reach out for more, or ask for everything; and requests that a foreign page makes in somebody's browser.</summary>
public sealed class ParameterAttackTests(AttackHub attack) : IClassFixture<AttackHub>
{
    private static readonly Operation Search = Operation.OfFaces.Single(o => o.ToString() == "GET /v1/Composition");

    [Theory]
    [InlineData("_include=Composition:subject")]
    [InlineData("_include:iterate=*")]
    [InlineData("_revinclude=Provenance:target")]
    [InlineData("subject.name=a")]
    [InlineData("subject:Patient.identifier=a")]
    [InlineData("_has:Observation:patient:code=1")]
    [InlineData("_filter=name eq 'a' or 1 eq 1")]
    [InlineData("_query=everything")]
    [InlineData("_elements=*")]
    [InlineData("_count=-1")]
    [InlineData("_count=99999999999999999999")]
    [InlineData("_count=1e9")]
    [InlineData("_sort=(select 1)")]
    [InlineData("_lastUpdated=gt2026-01-01'; drop table vkp.event; --")]
    [InlineData("cursor=' union select * from event --")]
    [InlineData("orgnr=312229544")]
    public async Task A_parameter_that_nobody_offers_or_that_is_none_is_refused(string parameter)
    {
        using var answer = await SendAsync(parameter);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(await AttackHub.CodeAsync(answer), (string?[])["VKP-109", "VKP-128"]);
    }

    [Theory]
    [InlineData("_tag=x' or '1'='1")]
    [InlineData("_tag=a%00b")]
    [InlineData("_tag=%25%25|%25")]
    [InlineData("_tag:not=(((((((((((((((((((((((((((((a*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*")]
    public async Task A_value_that_is_a_statement_or_a_pattern_is_a_value_that_nobody_has(string parameter)
    {
        using var answer = await SendAsync(parameter);

        Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.BadRequest]);
        if (answer.IsSuccessStatusCode) Assert.Null(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["entry"]);
    }

    [Theory]
    [InlineData("a form", "application/x-www-form-urlencoded", "POST")]
    [InlineData("plain text", "text/plain", "POST")]
    [InlineData("several parts", "multipart/form-data; boundary=x", "POST")]
    [InlineData("the question before it", "text/plain", "OPTIONS")]
    [InlineData("an image", "text/plain", "GET")]
    public async Task A_foreign_page_gets_nothing_done_in_a_browser(string by, string contentType, string method)
    {
        Assert.NotEmpty(by);
        foreach (var path in (string[])["admin/dead-letters/retry?apply=true", "admin/dead-letters/withdraw?apply=true", $"admin/destinations/{TestHub.OrgNo}/epj/pause", $"admin/destinations/{TestHub.OrgNo}/epj/hasten?apply=true", "admin/config/apply", "admin/shred"])
        {
            using var http = new HttpClient();
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(attack.Hub.Address, path));
            if (method == "POST") request.Content = new StringContent($$"""{"orgNo":"{{TestHub.OrgNo}}"}""") { Headers = { ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType) } };
            // What a browser adds by itself; an Authorization header it does not.
            request.Headers.Add("Origin", "https://evil.example.org");
            request.Headers.Add("Cookie", $"token={TestHub.AdminToken}");
            request.Headers.Add("Access-Control-Request-Headers", "authorization");
            using var answer = await http.SendAsync(request);

            Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.Unauthorized, HttpStatusCode.MethodNotAllowed]);
            Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [InlineData("admin/dead-letters/retry", """{"orgNo":"{orgnr}"}""")]
    [InlineData("admin/dead-letters/withdraw", """{"orgNo":"{orgnr}","reason":"a test"}""")]
    [InlineData("admin/trace", """{"orgNo":"{orgnr}","device":"EV-1"}""")]
    [InlineData("admin/access", """{"orgNo":"{orgnr}","patient":{"value":"12345678901"},"purpose":"a test"}""")]
    [InlineData("admin/replays", """{"orgNo":"{orgnr}","purpose":"a test"}""")]
    [InlineData("admin/corrections", """{"orgNo":"{orgnr}","messageId":"0190a000-0000-7000-8000-000000000001","act":"entered-in-error","reason":"a test"}""")]
    [InlineData("admin/shred", """{"orgNo":"{orgnr}","patient":{"value":"12345678901"},"reason":"a test"}""")]
    public async Task A_misspelt_member_is_refused_rather_than_left_out_of_what_is_asked(string path, string whole)
    {
        var body = whole.Replace("{orgnr}", TestHub.OrgNo, StringComparison.Ordinal);

        // The same without it is read, whatever comes of it then.
        using var answer = await AskAsync(path, body);
        if (!answer.IsSuccessStatusCode) Assert.NotEqual("VKP-104", Assert.IsType<string>(await AttackHub.CodeAsync(answer)));

        using var refused = await AskAsync(path, body.Insert(1, "\"tenant\":\"x\","));
        Assert.Equal((HttpStatusCode.BadRequest, "VKP-104"), (refused.StatusCode, await AttackHub.CodeAsync(refused)));
    }

    private async Task<HttpResponseMessage> AskAsync(string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(attack.Hub.Address, path)) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", TestHub.AdminToken);
        return await attack.Hub.Http.SendAsync(request);
    }

    private Task<HttpResponseMessage> SendAsync(string parameter)
    {
        var token = attack.Token(Search);
        return attack.SendAsync(Search, $"DPoP {token}", [attack.Proof(Search, token)], path: $"{Search.Path()}?{parameter}");
    }
}
