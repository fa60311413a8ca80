using System.Text;
using Microsoft.AspNetCore.Http;
using Vkp.Hub.Identity;

namespace Vkp.Hub.Tests.Identity;

/// <summary>Signatures as https://www.standardwebhooks.com has them, with the example its libraries share.</summary>
public class WebhookSignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static readonly DateTimeOffset SentAt = DateTimeOffset.FromUnixTimeSeconds(1614265330);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("{\"test\": 2432232314}");

    [Fact]
    public void The_published_example_is_signed_and_known()
    {
        Assert.Equal(Signature, "v1," + Convert.ToBase64String(WebhookSignature.Sign(Key, Id, SentAt, Body)));
        Assert.True(WebhookSignature.Read(Headers())!.IsBy([Key], Body));
    }

    [Fact]
    public void While_a_secret_is_changed_either_side_may_be_first()
    {
        var next = new byte[32];
        var old = Signature;
        var both = $"{old} v1,{Convert.ToBase64String(WebhookSignature.Sign(next, Id, SentAt, Body))} v1a,bm90IG91cnM=";

        Assert.True(WebhookSignature.Read(Headers(signature: old))!.IsBy([next, Key], Body));
        Assert.True(WebhookSignature.Read(Headers(signature: both))!.IsBy([next], Body));
        Assert.False(WebhookSignature.Read(Headers(signature: old))!.IsBy([next], Body));
    }

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void Five_minutes_either_way_are_timely(int seconds, bool isTimely) => Assert.Equal(isTimely, WebhookSignature.Read(Headers())!.IsTimely(SentAt.AddSeconds(seconds)));

    /// <summary>Signed is `a.1614265330.1614265331.{}`, as id `a.1614265330` or as a body that begins with a number: only one reading may be.</summary>
    [Theory]
    [InlineData("a.1614265330", "1614265331")]
    [InlineData("", "1614265330")]
    [InlineData("a", "")]
    [InlineData("a", "-1")]
    [InlineData("a", "16142653.30")]
    [InlineData("a", "999999999999")]
    [InlineData("a", "99999999999999999999")]
    public void An_id_or_a_time_of_another_form_is_none(string id, string timestamp) => Assert.Null(WebhookSignature.Read(Headers(id, timestamp)));

    [Theory]
    [InlineData("")]
    [InlineData("v1,")]
    [InlineData("v1,not base64!")]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    public void What_is_no_signature_of_ours_opens_nothing(string signature) => Assert.NotEqual(true, WebhookSignature.Read(Headers(signature: signature))?.IsBy([Key], Body));

    [Fact]
    public void A_header_that_stands_twice_is_none()
    {
        var headers = Headers();
        headers[WebhookSignature.IdHeader] = new([Id, Id]);

        Assert.Null(WebhookSignature.Read(headers));
    }

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", true)]
    [InlineData("whsec_c2hvcnQ=", false)]
    [InlineData("whsec_", false)]
    [InlineData("a secret in words, which is no base64", false)]
    public void A_secret_is_base64_of_24_to_64_bytes(string secret, bool isOne) => Assert.Equal(isOne, WebhookSignature.KeyOf(secret) is not null);

    private static byte[] Key => WebhookSignature.KeyOf(Secret)!;

    private static HeaderDictionary Headers(string id = Id, string timestamp = "1614265330", string signature = Signature) => new()
    {
        [WebhookSignature.IdHeader] = id, [WebhookSignature.TimestampHeader] = timestamp, [WebhookSignature.SignatureHeader] = signature,
    };
}
