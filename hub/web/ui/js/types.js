/**
 * The shapes that the HTTP contract sends. Types only: nothing here runs.
 *
 * @typedef {{id:number,name:string,email:string,role:'agent'|'administrator',initials:string,disabled:boolean,signature?:string,theme?:string,undo_seconds?:number}} Agent
 * @typedef {{agent:Agent,csrf:string,locale:string,hub:{name:string,version:string,demo:boolean,demo_page:string|null}}} Session
 * @typedef {{id:number,kind:string,address:string,shown?:string,name:string|null,verified:boolean,since?:string,suppressed?:{reason:string,since:string}|null}} Identity
 * @typedef {{id:number,kind:string,name:string}} ChannelRef
 * @typedef {{id:number,version:number,subject:string|null,state:'open'|'resolved',assignee_id:number|null,
 *   customer:{id:number,name:string},identity:Identity,channel:ChannelRef,preview:string,preview_of?:{kind:'call'|'callback',direction:any,state:any,words:string,text:string}|null,
 *   preview_files?:string[],opening?:{kind:string,direction:string|null,state:string|null,talk_seconds:number|null,words:string}|null,last_entry_id:number,last_entry_at:string,
 *   last_direction:'in'|'out'|'internal',waiting_since:string|null,entry_count:number,last_in_id:number,unread?:boolean,seen_entry_id?:number,
 *   possibly_related_id:number|null,delivery_problem:boolean,automatic:boolean,created_at:string,
 *   snoozed:{until:string|null}|null,priority:Priority,team_id:number|null,label_ids:number[],follower_ids:number[],
 *   fields:Record<string,any>,merged_into_id:number|null,side_of_id:number|null,side_answer_id:number}} Conversation
 * @typedef {'urgent'|'high'|'normal'|'low'} Priority
 * @typedef {{state?:'open'|'resolved',assignee_id?:number|null,team_id?:number|null,priority?:Priority,snooze?:{until:string|null}|null,
 *   label_ids_add?:number[],label_ids_remove?:number[],follow?:boolean,fields?:Record<string,any>}} Change
 * @typedef {{id:number,name:string,tint:number,archived:boolean}} Label
 * @typedef {{id:number,name:string,member_ids:number[],archived:boolean}} Team
 * @typedef {'text'|'number'|'boolean'|'date'|'choice'|'url'} FieldType
 * @typedef {{id:number,noun:'customer'|'conversation',key:string,label:string,type:FieldType,choices:string[],archived:boolean}} CustomField
 * @typedef {{field:string,op:'is'|'not'|'over'|'under'|'has',value:any}} Condition
 * @typedef {{all:Condition[]}} Filter
 * @typedef {'activity'|'waiting'|'priority'} Sort
 * @typedef {{id:string,name:string,icon:string,shared:boolean,owner_id:number|null,position:number,filter:Filter,sort:Sort,
 *   count:number|null}} View
 * @typedef {{id:number,total:number,done:number,failed:number,state:'running'|'done'|'undoing'|'undone',reason:string|null}} Bulk
 * @typedef {{id:number,filename:string,content_type:string,size:number,inline:boolean,note:string|null,url:string}} Attachment
 * @typedef {'queued'|'sending'|'sent'|'delivered'|'read'|'failed'|'uncertain'|'held'|'canceled'} DeliveryState
 * @typedef {{state:DeliveryState,since:string,address:string,channel_id:number,code:string|null,reason:string|null,
 *   next_steps:string[],recipients:{address:string,state:string,code:string|null,reason:string|null}[]}} Delivery
 * @typedef {{id:number,version:number,seq:number,conversation_id:number,identity_id:number|null,kind:string,
 *   direction:'in'|'out'|'internal',occurred_at:string,created_at:string,channel:ChannelRef|null,
 *   author:{type:'customer'|'agent'|'system',id:number|null,name:string|null,address?:string|null},subject:string|null,text:string,
 *   has_more_text:boolean,has_html:boolean,remote_images:number,to:{address:string,name:string|null,role:string}[],
 *   attachments:Attachment[],automatic:'no'|'auto'|'list'|'bounce',data:Record<string,any>,delivery:Delivery|null,
 *   pending_files?:PendingFile[],pending?:boolean}} Entry
 * @typedef {{id:number,filename:string,content_type:string,state:'waiting'|'gone',reason:string|null}} PendingFile
 * @typedef {{id:number,version:number,name:string,attributes:Record<string,any>,identities:Identity[],created_at:string,
 *   conversations_open:number,suggestions:{customer:{id:number,name:string,identities:Identity[]},reason:string,detail:string|null}[],
 *   merges:{id:number,other:{id:number,name:string},by:Agent|null,at:string,undoable:boolean}[],merged_into:number|null}} Customer
 * @typedef {{id:string,name:string,language:string,body:string,variables:Record<string,string>,quick_replies:string[],
 *   approved:boolean,category:string}} Template
 * @typedef {{id:string,variables:Record<string,string>}} ChosenTemplate
 * @typedef {{identity_id:number,channel_id:number,channel_kind:string,kind:string,address:string,name:string|null,from:string,usable:boolean,
 *   reason:string|null,verified:boolean,default:boolean,
 *   limits:{max_bytes:number,max_text:number|null,max_files:number|null,captioned:string[]|null,attachments:boolean,subject:boolean,cc:boolean,html:boolean},
 *   text?:{segments:boolean,max_text:number|null,templates:boolean},window?:{open:boolean,closes_at:string|null}|null}} Destination
 * @typedef {{name:string,label:string,help:string|null,type:string,required:boolean,default:any,options:{value:any,label:string}[]|null,
 *   group:string|null,show_if:{field:string,value:any}|null,placeholder:string|null,min:number|null,max:number|null}} SettingField
 * @typedef {{kind:string,name:string,description:string,icon:string,address_kind:string,settings:SettingField[],capabilities:any,oauth:boolean}} Connector
 * @typedef {{state:'ok'|'degraded'|'down'|'starting'|'paused',since:string,reason:string|null,next_step:string|null,
 *   last_in_at:string|null,last_out_at:string|null,backlog:number,quarantined:number}} Health
 * @typedef {{id:number,version:number,kind:string,name:string,state:'active'|'paused'|'archived',settings:Record<string,any>,
 *   secrets_set:string[],hooks_url:string|null,
 *   offers:{address_kind:string,send:boolean,subject:boolean,attachments:boolean,segments:boolean,templates:boolean,calls:boolean}|null,oauth:{connected:boolean,account:string|null,expires_at:string|null}|null,health:Health}} Channel
 * @typedef {{id:number,name:string,time_zone:string,weekly:Record<string,string[][]>,exceptions:{day:string,name:string,open:string[][]}[],
 *   country:string|null,subdivision:string|null,closed_text:string,now:{open:boolean,next_opening:string|null,text:string},
 *   channel_ids:number[]}} Hours
 * @typedef {{id:number,name:string}} Named
 * @typedef {'ringing'|'waiting'|'talking'|'ended'|'missed'|'voicemail'} CallState
 * @typedef {{id:number,role:'customer'|'agent',agent:Named|null,address:string,
 *   state:'dialing'|'ringing'|'answered'|'completed'|'busy'|'no_answer'|'failed'|'canceled',accepted:boolean,declined:boolean,reason:string|null,
 *   started_at:string,answered_at:string|null,ended_at:string|null}} CallLeg
 * @typedef {{at:string,who:'customer'|'agent',text:string}} Said
 * @typedef {{id:number,version:number,direction:'in'|'out',state:CallState,stage:string,channel_id:number,conversation_id:number,
 *   entry_id:number,customer:Named,identity:{id:number,kind:string,address:string,name:string},callback_id:number|null,
 *   started_at:string,answered_at:string|null,ended_at:string|null,waited_seconds:number,talk_seconds:number,held_seconds:number,
 *   held_since:string|null,transferred:boolean,recorded:boolean,recording:boolean,consent:string|null,transcript:string|null,
 *   disposition:string|null,notes:string|null,said:Said[],wrap_up_agent_id:number|null,legs:CallLeg[],next_steps:string[]}} Call
 * @typedef {{call_id:number,direction:'in'|'out',state:CallState,started_at:string,answered_at:string|null,ended_at:string|null,
 *   waited_seconds:number,talk_seconds:number,held_seconds:number,agent_ids:number[],transferred:boolean,disposition:string,notes:string,
 *   recorded:boolean,consent:string,transcript:string,said?:Said[],callback_id:number|null}} CallData
 * @typedef {{kind:'phone'|'sip',address:string}} Device
 * @typedef {{agent_id:number,availability:'available'|'busy'|'away',away_reason:'missed_call'|null,since:string,capacity:number,calls:number,
 *   wrap_up_until:string|null,device:Device|null,free:boolean}} AgentCalls
 * @typedef {'requested'|'scheduled'|'due'|'reserved'|'dialing_agent'|'agent_accepted'|'dialing_customer'|'connected'|'wrap_up'|
 *   'retry_wait'|'done'|'expired'|'canceled'|'voicemail_left'} CallbackState
 * @typedef {{number:number,agent:Named|null,call_id:number|null,started_at:string,ended_at:string|null,result:string|null}} CallbackAttempt
 * @typedef {{id:number,version:number,queue:Named,customer:Named|null,identity_id:number,conversation_id:number|null,
 *   entry_id:number|null,number:string,number_shown?:string,name:string,reason:string,language:string,source:'web'|'ivr'|'agent'|'missed_call'|'voicemail',
 *   state:CallbackState,since:string,deadline:string|null,requested_at:string,due_at:string|null,
 *   window:{from:string,until:string}|null,time_zone:string,priority:number,place:number|null,expected_wait:number|null,
 *   calls:number,agent:Named|null,preferred_agent:Named|null,call_id:number|null,outcome:string|null,canceled_by:Named|null,disposition:string|null,
 *   notes:string,ended_at:string|null,changes:('move'|'priority'|'cancel'|'wrap_up')[],attempts?:CallbackAttempt[]}} Callback
 * @typedef {{callback_id:number,queue_id:number,queue:string,number:string,source:Callback['source'],state:CallbackState,since:string,
 *   due_at:string|null,window:string[]|null,calls:number,agent_ids:number[],call_id:number|null,outcome:string|null,canceled_by:number|null,
 *   disposition:string|null,notes:string}} CallbackData
 * @typedef {{id:number,version:number,name:string,state:'active'|'paused',phone_channel_id:number|null,sms_channel_id:number|null,
 *   hours_id:number|null,time_zone:string,legal_hours:{days:string[],opens:string,closes:string},mode:'agent_first'|'customer_first',
 *   capacity:number,calls_per_second:number,most_waiting:number,wrap_up_seconds:number,keep_days:number,web_form:boolean,
 *   missed_calls:boolean,dispositions:string[],agent_ids:number[],language:string,scripts:Record<string,Record<string,string>>,
 *   form_url:string,now:{open:boolean,next_opening:string|null,waiting:number,calling:number,agents:number,
 *   expected_wait:number|null}}} CallbackQueue
 * @typedef {{id:string,title:string,who:'caller'|'agent'|'customer'|'text',says:{text:string,language:string}[],
 *   keys:{key:string,meaning:string,goes_to:string|null}[]}} PreviewStep
 * @typedef {{id:number,name:string,initials:string,writing:boolean}} Viewer
 * @typedef {{id:number,version:number,customer:Named,conversation_id:number|null,entry_id:number|null,text:string,due_at:string|null,
 *   assignee_id:number|null,agent_id:number|null,created_at:string,done_at:string|null,done_by:number|null,reminded_at:string|null,deleted:boolean}} Task
 * @typedef {{id:number,from_id:number,into_id:number,at:string,by:Named|null}} Joined
 * @typedef {Joined & {entry_id:number}} Split
 * @typedef {{id:number,from_id:number,to_id:number,kind:'related'|'duplicate'|'causes',at:string,by:Named|null}} Link
 * @typedef {{id:number,joined:Joined[],splits:Split[],links:Link[],side:number[],side_of:number|null,conversations:Conversation[]}} Related
 * @typedef {{id:number,version:number,name:string,domains:string[],people:number}} Company
 * @typedef {{company:Company|null,suggested:{domain:string,name:string,company:Company|null}|null,
 *   people:{customer:{id:number,name:string,identities:Identity[]},why:'company'|'copied',conversation_id:number|null}[]}} Around
 * @typedef {{id:number,version:number,conversation_id:number,agent:Named,to_identity_id:number,channel_id:number,address:string,cc:string[],
 *   subject:string|null,text:string,html:string|null,template:Template|null,variables:Record<string,string>,attachments:Attachment[],
 *   hold:boolean,send_at:string,state:'waiting'|'sent'|'canceled'|'held_back'|'failed',code:string|null,reason:string|null,
 *   entry_id:number|null,created_at:string}} Scheduled
 * @typedef {'personal'|'team'|'shared'} Scope
 * @typedef {{id:number,name:string,shortcut:string,scope:Scope,owner_id:number,team_id:number|null,texts:Record<string,string>,
 *   attachments:Attachment[]}} CannedReply
 * @typedef {{id:number,name:string,scope:Scope,owner_id:number,team_id:number|null,reply_id:number|null,change:Record<string,any>}} Macro
 * @typedef {{id:number,name:string,signature_html:string,channel_ids:number[]}} Brand
 * @typedef {{entry_id:number,conversation_id:number,customer:string,by:Named|null,text:string,at:string}} Mention
 * @typedef {{text:string,hit:boolean}} FoundPiece
 * @typedef {{kind:'entry'|'customer'|'conversation',conversation:Conversation|null,customer:{id:number,name:string,identities:Identity[]}|null,
 *   entry_id:number|null,entry_kind:string|null,direction:string|null,at:string|null,author:string,title:FoundPiece[],snippet:FoundPiece[],
 *   attachment:{id:number,filename:string,url:string}|null}} SearchItem
 * @typedef {{name:string,value:string,text:string,negated:boolean,problem:'unknown'|'not_a_date'|'many'|null}} SearchOperator
 */
export {};
