using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;

namespace Vkp.Hub.Tests.Faces;

/// <summary>What is sent to break a parser: each is answered, soon, with a 4xx (or a device's own refusal), and nothing of it is stored. The hub takes the next event as if nothing had been.</summary>
public class HostileInputTests
{
    /// <summary>Texts that are no JSON although some parsers take them, after the rules RFC 8259 gives.</summary>
    private static readonly string[] NotJson =
    [
        "[1,]", "[,1]", "[1 2]", "[1", "]", "[", "{", "}", "{,}", "{\"a\":1,}", "{\"a\" 1}", "{\"a\"}", "{a:1}", "{'a':1}", "{1:1}", "{\"a\":1 \"b\":2}", "{\"a\":}",
        "[+1]", "[01]", "[-01]", "[1.]", "[.5]", "[1e]", "[1e+]", "[-]", "[0x1]", "[NaN]", "[Infinity]", "[-Infinity]", "[1_000]", "[--1]", "[1.2.3]",
        "[True]", "[nul]", "[truefalse]", "[undefined]", "[\"\u0001\"]", "[\"\t\"]", "[\"\n\"]", "[\"\\x\"]", "[\"\\u12\"]", "[\"\\uD800\"]", "[\"a]", "['a']", "[\"a\" \"b\"]",
        "// comment\n[]", "/**/[]", "[1]#", "[1][2]", "{\"a\":1}{\"b\":2}", "\u00a0[]", "<a/>", "a", "\"", "\\u0061", "", " ", "\0",
    ];

    [Fact]
    public async Task Nothing_that_is_no_JSON_is_taken_and_none_of_it_stops_the_hub()
    {
        await using var hub = await TestHub.StartAsync();
        var token = await hub.TokenAsync("dispensers");
        foreach (var text in NotJson)
        {
            using var answer = await hub.PostAsync(Encoding.UTF8.GetBytes(text), token: token);
            await AssertRefusedAsync(answer, text);
        }

        await TakesTheNextAsync(hub, accepted: 1);
    }

    [Fact]
    public async Task Nothing_that_is_JSON_but_no_event_is_taken()
    {
        await using var hub = await TestHub.StartAsync();
        var token = await hub.TokenAsync("dispensers");
        string[] odd =
        [
            "null", "true", "1", "\"a\"", "{}", "[[]]", "{\"eventId\":null}", "{\"eventId\":{}}", "{\"eventId\":[],\"eventType\":1e400}", "{\"eventId\":\"a\",\"eventId\":\"b\"}",
            $"{{\"eventId\":\"{new string('x', 900_000)}\"}}", $"{{\"data\":{new string('[', 33)}{new string(']', 33)}}}", $"{{{string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"k{i}\":0"))}}}",
            "{\"eventId\":\"\u202e\",\"occurredAt\":\"+1e9\"}", "{\"occurredAt\":\"9999-99-99T99:99:99Z\",\"data\":-0}",
        ];
        foreach (var text in odd)
        {
            using var answer = await hub.PostAsync(Encoding.UTF8.GetBytes(text), token: token);
            await AssertRefusedAsync(answer, text);
        }

        await TakesTheNextAsync(hub, accepted: 1);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-32")]
    [InlineData("iso-8859-1")]
    public async Task Another_encoding_than_UTF_8_is_refused_and_never_guessed(string encoding)
    {
        await using var hub = await TestHub.StartAsync();
        var text = Encoding.UTF8.GetString(TestHub.Event("dose.dispensed").Body.Span).Replace("Test", "Ærøy", StringComparison.Ordinal);
        var encoded = Encoding.GetEncoding(encoding);
        using var answer = await hub.PostAsync((byte[])[.. encoded.Preamble, .. encoded.GetBytes(text.Replace("\"data\"", "\"name\":\"Ærøy\",\"data\"", StringComparison.Ordinal))]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await TakesTheNextAsync(hub, accepted: 1);
    }

    /// <summary>Legal JSON, and no text; the reader says so in another way than it says that something is no JSON.</summary>
    [Theory]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"resourceType":"Bundle","type":"batch","entry":[{"fullUrl":"\udfff"}]}""")]
    [InlineData("""{"resourceType":"Bundle","type":"batch","entry":[{"fullUrl":"urn:uuid:1","request":{"method":"POST","\ud83d":1},"resource":{}}]}""")]
    public void Half_a_surrogate_pair_in_a_batch_is_refused(string body) =>
        Assert.Equal("VKP-104", MeasurementBatch.Read(Encoding.UTF8.GetBytes(body)).Error?.Code);

    [Fact]
    public async Task A_compressed_bomb_is_never_unpacked()
    {
        await using var hub = await TestHub.StartAsync();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1_000_000];
            for (var i = 0; i < 100; i++) await gzip.WriteAsync(zeros);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Address, "vendors/evondos-style/events")) { Content = new ByteArrayContent(packed.ToArray()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Content.Headers.ContentEncoding.Add("gzip");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await hub.TokenAsync("dispensers"));
        using var answer = await hub.Http.SendAsync(request);

        Assert.True((int)answer.StatusCode is >= 400 and < 500, $"answered {(int)answer.StatusCode}");
        await TakesTheNextAsync(hub, accepted: 1);
    }

    [Fact]
    public async Task XML_that_attacks_is_answered_with_a_status_that_says_no()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.ConfigureAllVendorsAsync();
        var token = await hub.TokenAsync("scaip");
        const string Good = "<ref>a1</ref><cid>4712345678</cid><dty>0003</dty>";
        var bomb = string.Concat(Enumerable.Range(1, 9).Select(i => $"<!ENTITY l{i} \"{string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))}\">"));
        string[] attacks =
        [
            $"<!DOCTYPE mrq [<!ENTITY l0 \"ha\">{bomb}]><mrq>{Good}<lte>&l9;</lte></mrq>",
            $"<!DOCTYPE mrq SYSTEM \"http://127.0.0.1:1/x.dtd\"><mrq>{Good}</mrq>",
            $"<!DOCTYPE mrq [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><mrq>{Good}<lte>&x;</lte></mrq>",
            $"<mrq a=\"{new string('x', 900_000)}\">{Good}</mrq>",
            $"<mrq {string.Join(' ', Enumerable.Range(0, 50_000).Select(i => $"a{i}=\"\""))}>{Good}</mrq>",
            $"{string.Concat(Enumerable.Repeat("<a>", 100_000))}",
            $"<mrq>{Good}", $"<mrq>{Good}</mrx>", $"<mrq>{Good}&undefined;</mrq>", $"<mrq>{Good}<lte>\u0001</lte></mrq>", "<?xml version=\"1.0\" encoding=\"utf-16\"?><mrq/>", "<mrq/>",
        ];
        foreach (var attack in attacks)
        {
            using var answer = await hub.PostAsync(Encoding.UTF8.GetBytes(attack), "scaip", "vendors/scaip/events", token);
            var said = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode < 500, $"'{attack[..Math.Min(60, attack.Length)]}' was answered {(int)answer.StatusCode}");
            Assert.DoesNotContain("<snu>0</snu>", said, StringComparison.Ordinal);
            Assert.DoesNotContain("root:", said, StringComparison.Ordinal);
        }

        await TakesTheNextAsync(hub, accepted: 1);
    }

    /// <summary>An array is a batch, answered entry by entry: then each entry is refused.</summary>
    private static async Task AssertRefusedAsync(HttpResponseMessage answer, string text)
    {
        var told = $"'{text[..Math.Min(60, text.Length)]}' was answered {(int)answer.StatusCode}";
        if (answer.StatusCode != HttpStatusCode.OK) Assert.True((int)answer.StatusCode is >= 400 and < 500, told);
        else Assert.All(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray(), entry => Assert.True((int)entry!["status"]! is >= 400 and < 500, told));
    }

    private static async Task TakesTheNextAsync(TestHub hub, int accepted)
    {
        using var next = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        Assert.Equal(HttpStatusCode.Accepted, next.StatusCode);
        await hub.UntilAsync(s => s.Accepted == accepted && s.Journaled == accepted);
    }
}
